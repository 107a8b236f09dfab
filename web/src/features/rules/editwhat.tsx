import { useText } from '@/lib/usetext'
import { withKind } from './ruledoc'
import type { PartProps } from './part'

/** 能做什么: permit or guard, on which kind, which actions. */
export function EditWhat({ rule, kinds, onChange, onReady }: PartProps) {
  const { t, pick } = useText()
  const kind = kinds.find((k) => k.name === rule.kind)
  const setActions = (actions: string[]) => {
    onChange({ ...rule, actions })
    onReady(actions.length > 0)
  }
  return (
    <div className="edit-grid">
      <div className="segments" role="group" aria-label={t('rules.what.effect')}>
        {(['permit', 'forbid'] as const).map((effect) => (
          <button key={effect} type="button" aria-pressed={rule.effect === effect} onClick={() => onChange({ ...rule, effect })}>
            {t(`rules.effects.${effect}`)}
          </button>
        ))}
      </div>
      <p className="muted">{t(`rules.what.hint.${rule.effect}`)}</p>
      <label className="field-line">
        <span>{t('rules.what.kind')}</span>
        <select
          className="input"
          value={rule.kind}
          onChange={(event) => {
            const next = kinds.find((k) => k.name === event.target.value)
            if (next) onChange(withKind(rule, next))
          }}
        >
          {kinds.map((k) => (
            <option key={k.name} value={k.name}>
              {pick(k.label)}
            </option>
          ))}
        </select>
      </label>
      <div className="pills" role="group" aria-label={t('rules.parts.what')}>
        {kind?.actions.map((action) => {
          const on = rule.actions.includes(action.code)
          return (
            <button
              key={action.code}
              type="button"
              className="pill"
              aria-pressed={on}
              onClick={() => setActions(on ? rule.actions.filter((a) => a !== action.code) : [...rule.actions, action.code])}
            >
              {pick(action.label)}
            </button>
          )
        })}
      </div>
    </div>
  )
}
