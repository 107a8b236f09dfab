import { useState } from 'react'
import type { FieldRule, Level } from '@/api/policytypes'
import type { RuleField } from '@/api/rules'
import type { FieldClass } from '@/api/types'
import { useText } from '@/lib/usetext'
import { broad, isMasked, MaskChoice } from '@/permission/maskchoice'
import { Icon } from '@/ui/icons'
import type { PartProps } from './part'

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']
type Choice = 'edit' | Level | ''

const choiceOf = (rule: FieldRule | undefined): Choice => (!rule ? '' : rule.level === 'plain' && rule.edit ? 'edit' : rule.level)

/** 哪些字段: a level for each class, and for single fields where they differ. */
export function EditFields({ rule, kinds, onChange }: PartProps) {
  const { t, pick } = useText()
  const kind = kinds.find((k) => k.name === rule.kind)
  const fields = rule.fields ?? []
  const [open, setOpen] = useState(fields.some((f) => f.field))
  const has = classes.filter((c) => kind?.fields.some((f) => f.class === c))
  const named = fields.filter((f) => f.field)
  const set = (same: (f: FieldRule) => boolean, entry: FieldRule | undefined) => {
    const rest = fields.filter((f) => !same(f))
    const next = entry ? [...rest, entry] : rest
    onChange({ ...rule, fields: next.length > 0 ? next : undefined })
  }
  const entry = (choice: Choice): Pick<FieldRule, 'level' | 'edit'> | undefined =>
    choice === '' ? undefined : choice === 'edit' ? { level: 'plain', edit: true } : { level: choice }
  return (
    <div className="edit-grid">
      <p className="muted">{t(rule.effect === 'permit' ? 'rules.fields.hintPermit' : 'rules.fields.hintForbid')}</p>
      <div className="level-table">
        <LevelLine
          label={t('rules.fields.everything')}
          effect={rule.effect}
          fields={kind?.fields ?? []}
          choice={choiceOf(fields.find((f) => f.class === '*'))}
          onChoice={(choice) => {
            const to = entry(choice)
            set((f) => f.class === '*', to && { class: '*', ...to })
          }}
        />
        {has.map((c) => (
          <LevelLine
            key={c}
            label={t(`classes.${c}`)}
            effect={rule.effect}
            fields={kind?.fields.filter((f) => f.class === c) ?? []}
            choice={choiceOf(fields.find((f) => f.class === c))}
            onChoice={(choice) => {
              const to = entry(choice)
              set((f) => f.class === c, to && { class: c, ...to })
            }}
          />
        ))}
        {open &&
          named.map((f) => {
            const field = kind?.fields.find((one) => one.name === f.field)
            return (
              <LevelLine
                key={f.field}
                label={field ? pick(field.label) : (f.field ?? '')}
                effect={rule.effect}
                fields={field ? [field] : []}
                choice={choiceOf(f)}
                onChoice={(choice) => {
                  const to = entry(choice)
                  set((one) => one.field === f.field, to && { field: f.field, ...to })
                }}
              />
            )
          })}
      </div>
      <label className="field-line">
        <span>
          <Icon name="plus" /> {t('rules.fields.single')}
        </span>
        <select
          className="input"
          value=""
          onChange={(event) => {
            setOpen(true)
            set(() => false, { field: event.target.value, level: rule.effect === 'permit' ? 'plain' : 'hidden' })
          }}
        >
          <option value="">{t('form.choose')}</option>
          {kind?.fields
            .filter((f) => f.name !== 'id' && !named.some((n) => n.field === f.name))
            .map((f) => (
              <option key={f.name} value={f.name}>
                {pick(f.label)}
              </option>
            ))}
        </select>
      </label>
    </div>
  )
}

interface LineProps {
  label: string
  effect: 'permit' | 'forbid'
  fields: RuleField[]
  choice: Choice
  onChoice: (choice: Choice) => void
}

function LevelLine({ label, effect, fields, choice, onChoice }: LineProps) {
  const { t } = useText()
  const all = ['', 'hidden', 'masked', 'plain', 'edit'] as const
  const choices = effect === 'permit' ? all : all.filter((c) => c !== 'edit')
  return (
    <div className="level-line">
      <span>{label}</span>
      <div className="segments" role="group" aria-label={label}>
        {choices.map((c) => (
          <button key={c} type="button" aria-pressed={c === (choice === '' || choice === 'edit' ? choice : broad(choice))} onClick={() => onChoice(c)}>
            {c === '' ? t('rules.fields.unsaid') : effect === 'forbid' && c === 'plain' ? t('rules.fields.readOnly') : t(`rules.fields.levels.${c}`)}
          </button>
        ))}
      </div>
      {isMasked(choice) && <MaskChoice label={label} level={choice} fields={fields} onLevel={onChoice} />}
    </div>
  )
}
