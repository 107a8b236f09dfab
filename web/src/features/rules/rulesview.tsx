import { useState } from 'react'
import type { PolicyDocument, Rule } from '@/api/policytypes'
import type { RuleKind, RuleTemplate } from '@/api/rules'
import { Chosen } from '@/fields/chosen'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { NewRule } from './newrule'
import { RuleDetail } from './ruledetail'
import { newId, putRule, speaksOf } from './ruledoc'
import { type Entry, found, RulesList } from './ruleslist'
import { type RulesSearch, ruleTimes } from './search'
import type { Namer } from './words'

interface Props {
  entries: Entry[]
  kinds: RuleKind[]
  named: Namer
  search: RulesSearch
  /** When the rules were read. */
  now: number
  onSearch: (search: RulesSearch) => void
  onEdit: (change: (document: PolicyDocument) => PolicyDocument) => Promise<void>
  onDrop: (id: string) => Promise<void>
}

/** The beginning of the day in so many days. */
function midnight(days: number): string {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() + days)
  return day.toISOString()
}

/** The list of rules beside the one that is open; on a phone one or the other. */
export function RulesView({ entries, kinds, named, search, now, onSearch, onEdit, onDrop }: Props) {
  const { t, pick } = useText()
  const [making, setMaking] = useState(false)
  const shown = found(entries, search, now)
  const open = entries.find((e) => e.key === search.rule)
  const ids = entries.filter((e) => !e.pack).map((e) => e.rule.id)
  const onPut = (rule: Rule) => onEdit((document) => putRule(document, rule))
  const show = (rule: string | undefined) => {
    setMaking(false)
    onSearch({ ...search, rule, from: undefined })
  }
  // All rules of a template in one edit: they are undone as one, too.
  const take = async (template: RuleTemplate) => {
    const made: string[] = []
    for (let n = 0; n < template.rules.length; n++) made.push(newId(template.id, [...ids, ...made]))
    const window = template.days ? { from: midnight(0), until: midnight(template.days) } : {}
    await onEdit((document) =>
      template.rules.reduce(
        (now, part, n) => putRule(now, { ...part.rule, ...window, id: made[n] ?? '', name: pick(template.label), scene: pick(part.scene), who: speaksOf(document, part) }),
        document,
      ),
    )
    show(made[0])
  }
  const make = async (rule: Omit<Rule, 'id'>, prefix: string) => {
    const id = newId(prefix, ids)
    await onPut({ ...rule, id })
    show(id)
  }
  return (
    <div className={open ? 'rules-split open' : 'rules-split'}>
      <section className="rules-side" aria-label={t('rules.list')}>
        <div className="rules-head">
          <h2 className="rules-title">{t('rules.title')}</h2>
          <button type="button" className="btn primary" onClick={() => setMaking(true)}>
            <Icon name="plus" />
            {t('rules.new')}
          </button>
        </div>
        <div className="rules-filter" role="search">
          <input
            className="input"
            type="search"
            aria-label={t('rules.search')}
            placeholder={t('rules.search')}
            value={search.q ?? ''}
            onChange={(event) => onSearch({ ...search, q: event.target.value || undefined })}
          />
          <select className="input" aria-label={t('rules.what.kind')} value={search.kind ?? ''} onChange={(event) => onSearch({ ...search, kind: event.target.value || undefined })}>
            <option value="">{t('rules.anyKind')}</option>
            {kinds.map((k) => (
              <option key={k.name} value={k.name}>
                {pick(k.label)}
              </option>
            ))}
          </select>
          <select
            className="input"
            aria-label={t('rules.what.effect')}
            value={search.effect ?? ''}
            onChange={(event) => onSearch({ ...search, effect: (event.target.value || undefined) as RulesSearch['effect'] })}
          >
            <option value="">{t('rules.anyEffect')}</option>
            <option value="permit">{t('rules.effects.permit')}</option>
            <option value="forbid">{t('rules.effects.forbid')}</option>
          </select>
          <select
            className="input"
            aria-label={t('rules.from')}
            value={search.from ?? ''}
            onChange={(event) => onSearch({ ...search, from: (event.target.value || undefined) as RulesSearch['from'] })}
          >
            <option value="">{t('rules.anyOrigin')}</option>
            <option value="written">{t('rules.written')}</option>
            <option value="packs">{t('rules.carried')}</option>
          </select>
          <select
            className="input"
            aria-label={t('rules.time.label')}
            value={search.time ?? ''}
            onChange={(event) => onSearch({ ...search, time: ruleTimes.find((one) => one === event.target.value) })}
          >
            <option value="">{t('rules.time.any')}</option>
            {ruleTimes.map((time) => (
              <option key={time} value={time}>
                {t(`rules.time.${time}`)}
              </option>
            ))}
          </select>
          <Chosen target="person" single ids={search.person ? [search.person] : []} label={t('rules.aboutPerson')} onChange={(p) => onSearch({ ...search, person: p[0] })} />
        </div>
        <p className="muted rules-count">{t('rules.count', { count: shown.length })}</p>
        {shown.length > 0 ? (
          <RulesList entries={shown} kinds={kinds} open={search.rule} now={now} onOpen={(rule) => onSearch({ ...search, rule })} />
        ) : (
          <State icon="shield" title={t('rules.noMatch')} text={t('rules.noMatchHint')} />
        )}
      </section>
      <section className="rules-main" aria-label={t('rules.open')}>
        {open ? (
          <RuleDetail
            key={open.key}
            entry={open}
            kinds={kinds}
            named={named}
            onBack={() => onSearch({ ...search, rule: undefined })}
            onPut={onPut}
            onDrop={async (id) => {
              await onDrop(id)
              onSearch({ ...search, rule: undefined })
            }}
            onCopy={(rule) => make({ ...rule }, rule.id.split('/').join('-'))}
          />
        ) : (
          <State icon="shield" title={t('rules.chooseTitle')} text={t('rules.chooseText')} />
        )}
      </section>
      {making && <NewRule kinds={kinds} onCancel={() => setMaking(false)} onMake={make} onTake={take} />}
    </div>
  )
}
