import type { FieldRule, Level } from '@/api/policytypes'
import type { PoolSettings } from '@/api/pools'
import type { RuleField, RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { broad, isMasked, MaskChoice } from '@/permission/maskchoice'
import { sameRule } from './draft'
import { classes } from './sentence'
import { ShownTo } from './shownto'

interface Props {
  settings: PoolSettings
  kind: RuleKind
  onSettings: (settings: PoolSettings) => void
}

type Choice = '' | Exclude<Level, 'plain'>
type Target = Pick<FieldRule, 'class' | 'field'>

/** What stays hidden until a record is claimed, and to whom it shows all the same. */
export function FormHidden({ settings, kind, onSettings }: Props) {
  const { t, pick } = useText()
  const hidden = settings.hidden ?? []
  const set = (target: Target, level: Choice) => {
    const rest = hidden.filter((rule) => !sameRule(rule, target))
    onSettings({ ...settings, hidden: level === '' ? rest : [...rest, { ...target, level }] })
  }
  const named = hidden.flatMap((rule) => kind.fields.find((f) => f.name === rule.field) ?? [])
  const line = (key: string, label: string, target: Target, fields: RuleField[]) => (
    <Line key={key} label={label} fields={fields} level={(hidden.find((rule) => sameRule(rule, target))?.level as Choice | undefined) ?? ''} onLevel={(level) => set(target, level)} />
  )
  return (
    <fieldset className="settings-set">
      <legend>{t('pools.set.hidden')}</legend>
      <p className="muted">{t('pools.set.hiddenHint')}</p>
      <div className="pool-levels">
        {classes.map((c) => {
          const fields = kind.fields.filter((f) => f.class === c)
          return fields.length > 0 && line(c, t(`classes.${c}`), { class: c }, fields)
        })}
        {named.map((f) => line(f.name, pick(f.label), { field: f.name }, [f]))}
      </div>
      <select className="input" aria-label={t('pools.set.addField')} value="" onChange={(event) => set({ field: event.target.value }, 'hidden')}>
        <option value="">{t('pools.set.addField')}</option>
        {kind.fields
          .filter((f) => !['id', 'owner', 'pool'].includes(f.name) && !named.includes(f))
          .map((f) => (
            <option key={f.name} value={f.name}>
              {pick(f.label)}
            </option>
          ))}
      </select>
      {hidden.length > 0 && <ShownTo clauses={settings.shown_to ?? []} onClauses={(shown_to) => onSettings({ ...settings, shown_to })} />}
    </fieldset>
  )
}

const choices = ['', 'masked', 'hidden'] as const

function Line({ label, level, fields, onLevel }: { label: string; level: Choice; fields: RuleField[]; onLevel: (level: Choice) => void }) {
  const { t } = useText()
  return (
    <div className="pool-level">
      <span>{label}</span>
      <div className="segments" role="group" aria-label={label}>
        {choices.map((c) => (
          <button key={c} type="button" aria-pressed={c === (level && broad(level))} onClick={() => onLevel(c)}>
            {t(`pools.set.levels.${c || 'shown'}`)}
          </button>
        ))}
      </div>
      {isMasked(level) && <MaskChoice label={label} level={level} fields={fields} onLevel={onLevel} />}
    </div>
  )
}
