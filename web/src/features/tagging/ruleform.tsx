import { useState } from 'react'
import type { RuleKind } from '@/api/rules'
import { type TagRule, useTagOutlook } from '@/api/taggroups'
import type { FieldClass } from '@/api/types'
import { ConditionEditor } from '@/fields/conditioneditor'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { type GroupDraft, newTerm, says } from './draft'
import { TermForm } from './termform'
import { termWords } from './words'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  name: string
  draft: GroupDraft
  rule: TagRule
  onRule: (rule: TagRule) => void
  onTells: (tells: FieldClass[]) => void
}

/** The rule of a tag: said in words, with how many records it holds of. */
export function RuleForm({ kind, kinds, name, draft, rule, onRule, onTells }: Props) {
  const text = useText()
  const { t, pick, format } = text
  const [ready, setReady] = useState(true)
  const [byFields, setByFields] = useState(rule.when !== undefined)
  const terms = rule.terms ?? []
  const asked = useDebounced(ready && says(rule) ? { kind: kind.name, rule } : undefined, 350)
  const outlook = useTagOutlook(asked)
  const now = says(rule) ? outlook.data : undefined
  // A condition speaks of the record's own fields alone: what is related are terms.
  const own = kinds.map((k) => ({ ...k, relations: [] }))
  const parts = [
    ...(rule.when && now?.sentence ? [pick(now.sentence)] : []),
    ...terms.map((term) => termWords(text, kinds, kind, term)),
  ]
  const tells = draft.parts.group.tells ?? []
  const foreign = [...new Set((now?.tells ?? []).map((told) => told.class))].filter((cls) => cls !== draft.parts.class)
  const m = now?.matching
  return (
    <div className="tagging-rule">
      <p className="settings-sentence" aria-live="polite">
        <Said text={parts.length > 0 ? t('tagging.say.rule', { tag: name, parts: parts.join(t('tagging.say.and')) }) : t('tagging.say.nothing')} />
        {m && <strong>{t(m.few ? 'tagging.fewNow' : m.capped ? 'tagging.manyNow' : 'tagging.now', { n: format.integer(m.count), count: m.count })}</strong>}
      </p>
      {now?.problem && (
        <p className="note warn" role="alert">
          <Icon name="warn" />
          {now.problem.detail}
        </p>
      )}
      {terms.map((term, index) => (
        <TermForm
          key={index}
          kind={kind}
          kinds={kinds}
          term={term}
          n={index + 1}
          onTerm={(next) => onRule({ ...rule, terms: terms.map((one, i) => (i === index ? next : one)) })}
          onRemove={() => onRule({ ...rule, terms: terms.filter((_, i) => i !== index) })}
        />
      ))}
      {byFields && (
        <ConditionEditor
          kind={kind.name}
          kinds={own}
          value={rule.when}
          rule
          onChange={(when, ok) => {
            setReady(ok)
            if (ok) onRule({ ...rule, when })
          }}
        />
      )}
      <div className="tagging-adds">
        <button type="button" className="quiet" onClick={() => onRule({ ...rule, terms: [...terms, kind.name === 'customer' ? newTerm() : { ...newTerm(), relation: kind.relations.find((r) => r.many)?.name }] })}>
          <Icon name="plus" />
          {t('tagging.addTerm')}
        </button>
        {!byFields && (
          <button type="button" className="quiet" onClick={() => setByFields(true)}>
            <Icon name="plus" />
            {t('tagging.addWhen')}
          </button>
        )}
      </div>
      {foreign.map((cls) => (
        <label key={cls} className="check tagging-tells">
          <input type="checkbox" checked={tells.includes(cls)} onChange={(event) => onTells(event.target.checked ? [...tells, cls] : tells.filter((one) => one !== cls))} />
          {t('tagging.tells', {
            class: t(`classes.${cls}`),
            fields: (now?.tells ?? [])
              .filter((told) => told.class === cls)
              .map((told) => pick(told.label))
              .join(t('app.comma')),
          })}
        </label>
      ))}
    </div>
  )
}
