import { useState } from 'react'
import type { Rule } from '@/api/policytypes'
import { type RuleKind, useSharings } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { blankRule } from './ruledoc'

interface Props {
  kinds: RuleKind[]
  onCancel: () => void
  onMake: (rule: Omit<Rule, 'id'>, prefix: string) => Promise<void>
}

/** Where a new rule begins: a template, an empty permit or an empty guard. */
export function NewRule({ kinds, onCancel, onMake }: Props) {
  const { t, pick } = useText()
  const sharings = useSharings()
  const [busy, setBusy] = useState(false)
  const kind = kinds[0]?.name ?? 'customer'
  const make = async (rule: Omit<Rule, 'id'>, prefix: string) => {
    setBusy(true)
    try {
      await onMake(rule, prefix)
    } catch {
      onCancel() // the draft bar says what went wrong
    }
  }
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
        {sharings.data?.map((s) => (
          <li key={s.id}>
            <button
              type="button"
              disabled={busy}
              onClick={() => void make({ ...s.rule, name: pick(s.label), scene: pick(s.scene), origin: undefined }, s.id)}
            >
              <strong>{pick(s.label)}</strong>
              <span>{pick(s.description)}</span>
            </button>
          </li>
        ))}
        {(['permit', 'forbid'] as const).map((effect) => (
          <li key={effect}>
            <button type="button" disabled={busy} onClick={() => void make(blankRule(effect, kind), effect === 'permit' ? 'share' : 'limit')}>
              <strong>{t(`rules.blank.${effect}`)}</strong>
              <span>{t(`rules.blankHint.${effect}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
