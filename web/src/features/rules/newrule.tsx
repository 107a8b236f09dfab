import { useState } from 'react'
import type { Rule } from '@/api/policytypes'
import { type RuleKind, type RuleTemplate, templateGroups, useTemplates } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { blankRule } from './ruledoc'

interface Props {
  kinds: RuleKind[]
  onCancel: () => void
  onMake: (rule: Omit<Rule, 'id'>, prefix: string) => Promise<void>
  onTake: (template: RuleTemplate) => Promise<void>
}

/** Where a new rule begins: a template, an empty permit or an empty guard. */
export function NewRule({ kinds, onCancel, onMake, onTake }: Props) {
  const { t, pick } = useText()
  const templates = useTemplates()
  const [busy, setBusy] = useState(false)
  const kind = kinds[0]?.name ?? 'customer'
  const begin = async (work: Promise<void>) => {
    setBusy(true)
    try {
      await work
    } catch {
      onCancel() // the draft bar says what went wrong
    }
  }
  const start = (key: string, title: string, text: string, work: () => Promise<void>, more?: string) => (
    <li key={key}>
      <button type="button" disabled={busy} onClick={() => void begin(work())}>
        <strong>{title}</strong>
        <span>{text}</span>
        {more && <small className="muted">{more}</small>}
      </button>
    </li>
  )
  return (
    <Dialog
      title={t('rules.newTitle')}
      wide
      onCancel={onCancel}
      footer={
        <button type="button" className="btn" onClick={onCancel}>
          {t('app.cancel')}
        </button>
      }
    >
      <p>{t('rules.newText')}</p>
      <ul className="templates">
        {(['permit', 'forbid'] as const).map((effect) =>
          start(effect, t(`rules.blank.${effect}`), t(`rules.blankHint.${effect}`), () => onMake(blankRule(effect, kind), effect === 'permit' ? 'share' : 'limit')),
        )}
      </ul>
      {templateGroups.map((group) => {
        const list = templates.data?.filter((one) => one.group === group) ?? []
        return (
          list.length > 0 && (
            <section key={group} aria-labelledby={`templates-${group}`}>
              <h3 id={`templates-${group}`} className="templates-title">
                {t(`rules.groups.${group}`)}
              </h3>
              <ul className="templates">
                {list.map((one) =>
                  start(one.id, pick(one.label), pick(one.description), () => onTake(one), one.rules.length > 1 ? t('rules.ofRules', { count: one.rules.length }) : undefined),
                )}
              </ul>
            </section>
          )
        )
      })}
    </Dialog>
  )
}
