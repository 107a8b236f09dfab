import { useState } from 'react'
import { useCondition } from '@/api/conditions'
import type { Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { AwaitedTags } from './awaitedtags'
import { EndRule } from './endrule'
import { missingIn } from './ruledoc'
import type { Entry } from './ruleslist'
import { RuleView } from './ruleview'
import type { Namer } from './words'

interface Props {
  entry: Entry
  kinds: RuleKind[]
  named: Namer
  onBack: () => void
  onPut: (rule: Rule) => Promise<void>
  onDrop: (id: string) => Promise<void>
  onCopy: (rule: Rule) => Promise<void>
}

/** One rule: its sentence, its parts, and what can be done with it. */
export function RuleDetail({ entry, kinds, named, onBack, onPut, onDrop, onCopy }: Props) {
  const { t, pick, format } = useText()
  const [busy, setBusy] = useState(false)
  const [ending, setEnding] = useState(false)
  const [now, setNow] = useState(() => Date.now())
  const { rule, pack } = entry
  const editable = !pack && !entry.newer && entry.draft !== 'removed'
  const condition = useCondition(rule.when && rule.kind !== 'system' ? { kind: rule.kind, cond: rule.when, rule: true } : undefined)
  const missing = missingIn(rule)
  const m = condition.data?.matching
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch {
      // The draft bar says what went wrong.
    } finally {
      setBusy(false)
    }
  }
  // What was ended in the dialog ended after the page was opened.
  const close = () => {
    setNow(Date.now())
    setEnding(false)
  }
  return (
    <article className="rule-detail">
      <header>
        <button type="button" className="quiet rules-back" onClick={onBack}>
          <Icon name="left" />
          {t('rules.back')}
        </button>
        <h2>{rule.name || (pack ? pick(pack.label) : rule.id)}</h2>
        <span className="rule-acts">
          <button type="button" className="btn" disabled={busy} onClick={() => void act(() => onCopy({ ...rule, name: rule.name && t('rules.copyName', { name: rule.name }), who: rule.who, scene: pick(entry.scene) }))}>
            {t(pack ? 'rules.copyOut' : 'rules.copy')}
          </button>
          {!pack && !entry.draft && rule.effect === 'permit' && !(rule.until && new Date(rule.until).getTime() <= now) && (
            <button type="button" className="btn" disabled={busy} onClick={() => setEnding(true)}>
              {t('rules.end.title')}
            </button>
          )}
          {editable && (
            <button type="button" className="btn danger" disabled={busy} onClick={() => void act(() => onDrop(rule.id))}>
              {t('rules.delete')}
            </button>
          )}
        </span>
      </header>
      {ending && <EndRule rule={rule} onClose={close} />}
      {entry.sentence && (
        <blockquote className="rule-said">
          <Said text={pick(entry.sentence)} />
        </blockquote>
      )}
      <AwaitedTags rule={rule} kinds={kinds} />
      {pack && (
        <p className="note">
          <Icon name="info" />
          {t('rules.packReadOnly', { pack: pick(pack.label) })}
        </p>
      )}
      {entry.draft === 'removed' && (
        <p className="note warn">
          <Icon name="warn" />
          {t('rules.removedHere')}
        </p>
      )}
      {entry.newer && (
        <p className="note">
          <Icon name="info" />
          {t('rules.newerThanDraft')}
        </p>
      )}
      {editable && missing.length > 0 && (
        <p className="note warn">
          <Icon name="warn" />
          {t('rules.lacks', { what: missing.map((x) => t(`rules.lacking.${x}`)).join(t('rules.comma')) })}
        </p>
      )}
      <RuleView
        rule={pack ? { ...rule, scene: pick(entry.scene) } : rule}
        kinds={kinds}
        named={named}
        when={condition.data?.sentence && pick(condition.data.sentence)}
        editable={editable}
        first={editable && rule.who.any.length === 0 ? 'who' : undefined}
        onChange={onPut}
      />
      {m && !m.personal && (
        <p className="muted">
          {m.few ? t('rules.cond.few', { count: m.count }) : t(m.capped ? 'rules.cond.over' : 'rules.cond.matching', { count: m.count, n: format.integer(m.count) })}
        </p>
      )}
    </article>
  )
}
