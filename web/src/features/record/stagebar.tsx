import type { Item, Kind } from '@/api/types'
import { fieldOf } from '@/api/kinds'
import { useText } from '@/lib/usetext'
import { fieldState, isBlank, mayEdit } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { useFieldSave } from './saving'

/** The course of a record, where it stands in it, and where it may go on. */
export function StageBar({ kind, item }: { kind: Kind; item: Item }) {
  const { t, pick } = useText()
  const { write, busy, fault, merge } = useFieldSave(kind, item)
  const state = fieldState(item, 'stage')
  const stages = (kind.stages ?? []).filter((stage) => !stage.retired || (state.is === 'plain' && stage.code === state.value))
  if (stages.length === 0 || state.is !== 'plain') return null
  const at = stages.findIndex((stage) => stage.code === state.value)
  const movable = mayEdit(item, 'stage')
  const name = (code: string) => {
    const stage = stages.find((s) => s.code === code)
    return stage ? pick(stage.label) : code
  }

  /** What stands before a stage, in words; the server asks it again. */
  const barrier = (code: string): string | undefined => {
    const gate = kind.gates?.find((g) => g.stage === code)
    if (!gate) return undefined
    if (gate.shut) return t('record.stageShut', { stage: name(code) })
    if (gate.from.length > 0 && typeof state.value === 'string' && !gate.from.includes(state.value)) {
      return t('record.stageBarred', { stage: name(code), from: gate.from.map(name).join(t('record.comma')) })
    }
    const lacks = gate.needs.filter((need) => {
      const has = fieldState(item, need)
      return has.is !== 'plain' || isBlank(has.value)
    })
    if (lacks.length === 0) return undefined
    const fields = lacks.map((need) => pick(fieldOf(kind, need)?.label ?? { zh: need, en: need })).join(t('record.comma'))
    return t('record.stageNeeds', { stage: name(code), fields })
  }

  return (
    <div className="stagebar-box">
      <ol className="stagebar" aria-label={t('record.stage')} aria-busy={busy} tabIndex={movable ? undefined : 0}>
        {stages.map((stage, index) => {
          const here = index === at
          const before = barrier(stage.code)
          const label = pick(stage.label)
          const look = here ? 'here' : index < at ? 'past' : ''
          return (
            <li key={stage.code} className={look} aria-current={here ? 'step' : undefined}>
              {movable && !here ? (
                <button
                  type="button"
                  disabled={busy || before !== undefined}
                  title={before ?? t('record.stageTo', { stage: label })}
                  aria-label={before === undefined ? t('record.stageTo', { stage: label }) : `${label} · ${before}`}
                  onClick={() => write({ stage: stage.code })}
                >
                  {index < at && <Icon name="check" />}
                  {label}
                </button>
              ) : (
                <span>
                  {index < at && <Icon name="check" />}
                  {label}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
      {merge}
    </div>
  )
}
