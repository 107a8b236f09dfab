import { fieldOf } from '@/api/kinds'
import type { MassResult, MassSkip } from '@/api/mass'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { itemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { usePassageText } from './gate'

const reasons = ['record', 'action', 'version', 'field_locked', 'needs_approval', 'unchanged', 'out_of_reach', 'changed_since', 'in_use', 'person_kept', 'ref_missing', 'request_unseen'] as const

/** What would come of it: how many change, how many stay as they are, and why. */
export function MassOutlook({ kind, result, remove }: { kind: Kind; result: MassResult; remove: boolean }) {
  const { t, pick, format } = useText()
  const left = result.skipped.reduce((sum, skip) => sum + skip.count, 0)
  return (
    <div className="mass-outlook">
      <p className="mass-sum" role="status">
        <span className="mass-will">
          <Icon name="check" />
          {t(remove ? 'lists.mass.willDelete' : 'lists.mass.will', { n: format.number(result.will) })}
        </span>
        <span className={left > 0 ? 'mass-left' : 'mass-left none'}>
          <Icon name="lock" />
          {t('lists.mass.skip', { n: format.number(left) })}
        </span>
      </p>
      {result.sample && result.sample.length > 0 && (
        <p className="muted">
          {t('lists.mass.sample', { titles: result.sample.map((one) => one.title).join(t('lists.comma')) })}
        </p>
      )}
      {result.along && result.along.length > 0 && (
        <p className="muted">
          {t('lists.mass.willAlong', {
            what: result.along.map((part) => `${pick(part.label)} ${format.number(part.will)}`).join(t('lists.comma')),
          })}
        </p>
      )}
      <Skips kind={kind} skipped={result.skipped} />
    </div>
  )
}

export function Skips({ kind, skipped }: { kind: Kind; skipped: MassSkip[] }) {
  const { t, format } = useText()
  const reason = useReason(kind)
  if (skipped.length === 0) return null
  return (
    <ul className="mass-skips" aria-label={t('lists.mass.why')}>
      {skipped.map((skip, index) => (
        <li key={`${skip.code} ${index}`}>
          <span className="mass-count num">{format.number(skip.count)}</span>
          <span>
            {reason(skip)}
            {skip.sample && skip.sample.length > 0 && (
              <span className="muted"> {t('lists.mass.suchAs', { titles: skip.sample.map((one) => one.title).join(t('lists.comma')) })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Why records stay as they are. Of records out of sight nothing is told but that. */
function useReason(kind: Kind) {
  const { t, pick } = useText()
  const passageText = usePassageText(kind)
  return (skip: MassSkip): string => {
    const field = skip.field ? fieldOf(kind, skip.field) : undefined
    const named = { field: field ? pick(field.label) : '' }
    if (skip.code === 'stage_gate' && typeof skip.params?.stage === 'string') {
      const names = Array.isArray(skip.params.fields) ? (skip.params.fields as string[]) : []
      const barred = Array.isArray(skip.params.from) ? (skip.params.from as string[]) : undefined
      return passageText(skip.params.stage, { barred, lacks: names.flatMap((name) => fieldOf(kind, name) ?? []), locked: false })
    }
    if (skip.code === 'needs_approval' && !field) return t('lists.mass.ask.whole')
    const code = reasons.find((one) => one === skip.code)
    if (code) return t(`lists.mass.reasons.${code}`, named)
    const text = itemText(t, { code: skip.code })
    return text ? (field ? t('lists.fieldFault', { field: named.field, text }) : text) : t('lists.mass.reasons.other')
  }
}
