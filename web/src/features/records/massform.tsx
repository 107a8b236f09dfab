import { Select } from 'antd'
import { useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { MassChange } from '@/api/mass'
import { useTags } from '@/api/tags'
import type { Field, Kind } from '@/api/types'
import { Control } from '@/fields/control'
import { RefPicker } from '@/fields/refpicker'
import { type Draft, toWire } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import type { MassAct } from './massbar'

interface Props {
  kind: Kind
  act: Exclude<MassAct, 'delete'>
  /** undefined while it says nothing yet. */
  onChange: (change: MassChange | undefined) => void
}

export function MassForm({ kind, act, onChange }: Props) {
  if (act === 'transfer') return <TransferForm kind={kind} onChange={onChange} />
  return act === 'tag' ? <TagForm kind={kind} onChange={onChange} /> : <FieldForm kind={kind} onChange={onChange} />
}

/** Fields that somebody may write on some record; on which of the chosen ones the server says. */
const writable = (field: Field) => !field.read_only && field.level !== 'hidden' && field.level !== 'masked' && field.name !== 'tags' && field.name !== 'owner'

function FieldForm({ kind, onChange }: Omit<Props, 'act'>) {
  const { t, pick } = useText()
  const [name, setName] = useState<string>()
  const [draft, setDraft] = useState<Draft>()
  const [empty, setEmpty] = useState(false)
  const [fault, setFault] = useState<string>()
  const field = name === undefined ? undefined : fieldOf(kind, name)
  const say = (field: Field, draft: Draft, empty: boolean) => {
    const wire = empty ? { value: field.type === 'choices' ? [] : null } : toWire({ ...field, required: false }, draft)
    setFault('fault' in wire ? t(`form.${wire.fault}`, { field: pick(field.label) }) : undefined)
    const blank = 'value' in wire && (wire.value === null || (Array.isArray(wire.value) && wire.value.length === 0))
    onChange('fault' in wire || (blank && !empty) ? undefined : { fields: { [field.name]: wire.value } })
  }
  return (
    <div className="mass-form">
      <label htmlFor="mass-field">{t('lists.mass.field')}</label>
      <Select
        id="mass-field"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('form.choose')}
        value={name}
        options={kind.fields.filter(writable).map((f) => ({ value: f.name, label: pick(f.label) }))}
        onChange={(next: string) => {
          setName(next)
          setDraft(undefined)
          setEmpty(false)
          onChange(undefined)
        }}
      />
      {field && !empty && (
        <>
          <label htmlFor={`field-${field.name}`}>{t('lists.mass.value')}</label>
          <Control
            key={field.name}
            kind={kind}
            field={field}
            draft={draft}
            fault={fault !== undefined}
            onChange={(next) => {
              setDraft(next)
              say(field, next, false)
            }}
          />
        </>
      )}
      {fault && (
        <p id={field && `fault-${field.name}`} className="mass-fault" role="alert">
          {fault}
        </p>
      )}
      {field && !field.required && (
        <label className="mass-empty">
          <input
            type="checkbox"
            checked={empty}
            onChange={(event) => {
              setEmpty(event.target.checked)
              say(field, draft, event.target.checked)
            }}
          />
          {t('lists.mass.empty')}
        </label>
      )}
    </div>
  )
}

const children = ['contacts', 'opportunities', 'tickets', 'tasks'] as const

function TransferForm({ kind, onChange }: Pick<Props, 'kind' | 'onChange'>) {
  const { t, pick } = useText()
  const [owner, setOwner] = useState<string>()
  const [along, setAlong] = useState<string[]>([])
  const [note, setNote] = useState('')
  const relations = kind.relations.filter((r) => r.many && children.some((name) => name === r.name))
  const say = (owner: string | undefined, along: string[], note: string) =>
    onChange(owner ? { transfer: { owner, children: along, note: note.trim() } } : undefined)
  return (
    <div className="mass-form">
      <label htmlFor="mass-owner">{t('lists.mass.owner')}</label>
      <RefPicker
        id="mass-owner"
        target="person"
        value={owner}
        onChange={(id) => {
          setOwner(id)
          say(id, along, note)
        }}
      />
      <p className="muted">{t('lists.mass.ownerHint')}</p>
      {relations.length > 0 && (
        <fieldset>
          <legend>{t('lists.mass.along')}</legend>
          {relations.map((relation) => (
            <label key={relation.name} className="mass-empty">
              <input
                type="checkbox"
                checked={along.includes(relation.name)}
                onChange={(event) => {
                  const next = event.target.checked ? [...along, relation.name] : along.filter((name) => name !== relation.name)
                  setAlong(next)
                  say(owner, next, note)
                }}
              />
              {pick(relation.label)}
            </label>
          ))}
          <p className="muted">{t('lists.mass.alongHint')}</p>
        </fieldset>
      )}
      <label htmlFor="mass-note">{t('lists.mass.note')}</label>
      <textarea
        id="mass-note"
        className="input"
        rows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => {
          setNote(event.target.value)
          say(owner, along, event.target.value)
        }}
      />
    </div>
  )
}

function TagForm({ kind, onChange }: Pick<Props, 'kind' | 'onChange'>) {
  const { t, pick } = useText()
  const [tags, setTags] = useState<{ add: string[]; remove: string[] }>({ add: [], remove: [] })
  const choices = fieldOf(kind, 'tags')?.choices
  const used = useTags(kind.name, !choices)
  const options = choices?.map((c) => ({ value: c.code, label: pick(c.label) })) ?? used.map((tag) => ({ value: tag, label: tag }))
  const set = (next: typeof tags) => {
    setTags(next)
    onChange(next.add.length + next.remove.length > 0 ? { tags: next } : undefined)
  }
  return (
    <div className="mass-form">
      {(['add', 'remove'] as const).map((side) => (
        <div key={side} className="mass-side">
          <label htmlFor={`mass-${side}`}>{t(`lists.mass.tags.${side}`)}</label>
          <Select
            id={`mass-${side}`}
            mode={choices ? 'multiple' : 'tags'}
            options={options}
            suffixIcon={options.length > 0 ? undefined : null}
            notFoundContent={null}
            placeholder={t('lists.mass.tags.hint')}
            value={tags[side]}
            onChange={(list: string[]) => set({ ...tags, [side]: list })}
          />
        </div>
      ))}
    </div>
  )
}
