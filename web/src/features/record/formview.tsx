import { type ReactNode, useState } from 'react'
import type { Field, FieldClass, Item, Kind, Value } from '@/api/types'
import { type Draft, keepDraft, keptDraft, same, toDraft, toWire } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { Control } from '@/fields/control'
import './record.css'

interface Props {
  kind: Kind
  /** The record that is edited; undefined for a new one. */
  item?: Item
  fields: Field[]
  title: string
  busy: boolean
  /** What the server refused, by field, and under "" what belongs to none. */
  faults: Record<string, string>
  onDirty: (dirty: boolean) => void
  onCancel: () => void
  onSubmit: (changed: Record<string, Value>) => void
  /** Under what the draft is kept while its writer is elsewhere. */
  draftKey?: string
  /** What there is to say about what has been typed. */
  hint?: (typed: Record<string, Value>) => ReactNode
}

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

/** A form made from descriptors: only fields that may be written, only changes are sent. */
export function FormView({ kind, item, fields, title, busy, faults, onDirty, onCancel, onSubmit, draftKey, hint }: Props) {
  const { t, pick } = useText()
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() => (draftKey ? keptDraft(draftKey) : undefined) ?? {})
  const [restored, setRestored] = useState(() => draftKey !== undefined && keptDraft(draftKey) !== undefined)
  const [own, setOwn] = useState<Record<string, string>>({})

  const change = (field: Field, draft: Draft) => {
    const next = { ...drafts, [field.name]: draft }
    setDrafts(next)
    if (draftKey) keepDraft(draftKey, next)
    if (own[field.name]) setOwn({ ...own, [field.name]: '' })
    onDirty(true)
  }

  const submit = () => {
    const changed: Record<string, Value> = {}
    const wrong: Record<string, string> = {}
    for (const field of fields) {
      const touched = field.name in drafts
      if (!touched && item) continue
      const result = toWire(field, drafts[field.name])
      if ('fault' in result) {
        wrong[field.name] = t(`form.${result.fault}`, { field: pick(field.label) })
      } else if (item ? !same(result.value, item.fields[field.name]) : touched) {
        changed[field.name] = result.value
      }
    }
    setOwn(wrong)
    const first = Object.keys(wrong)[0]
    if (first === undefined) onSubmit(changed)
    else document.getElementById(`field-${first}`)?.focus()
  }

  const typed = Object.fromEntries(
    fields.flatMap((field) => {
      const result = field.name in drafts ? toWire({ ...field, required: false }, drafts[field.name]) : undefined
      return result && 'value' in result ? [[field.name, result.value]] : []
    }),
  )
  const all: Record<string, string> = { ...faults, ...Object.fromEntries(Object.entries(own).filter(([, v]) => v)) }
  const stray = Object.entries(all).filter(([name]) => !fields.some((f) => f.name === name))
  if (fields.length === 0) return <State page icon="lock" title={title} text={t('form.nothing')} />
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <header className="form-head">
        <h1>{title}</h1>
        <div className="record-acts">
          <button type="button" className="btn" onClick={onCancel}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn primary" disabled={busy}>
            {busy ? t('form.saving') : t('app.save')}
          </button>
        </div>
      </header>
      {restored && (
        <p className="note" role="status">
          <Icon name="info" />
          {t('record.draft.kept')}
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setDrafts({})
              setOwn({})
              setRestored(false)
              if (draftKey) keepDraft(draftKey, undefined)
              onDirty(false)
            }}
          >
            {t('record.draft.drop')}
          </button>
        </p>
      )}
      {hint?.(typed)}
      {stray.map(([name, text]) => (
        <p key={name} className="note bad" role="alert">
          <Icon name="warn" />
          {t('form.failed', { text })}
        </p>
      ))}
      {classes.map((group) => {
        const members = fields.filter((f) => f.class === group)
        return (
          members.length > 0 && (
            <fieldset key={group} className="card form-group">
              <legend>{t(`classes.${group}`)}</legend>
              <div className="form-grid">
                {members.map((field) => (
                  <Row key={field.name} field={field} fault={all[field.name]}>
                    <Control
                      kind={kind}
                      item={item}
                      field={field}
                      fault={Boolean(all[field.name])}
                      draft={
                        field.name in drafts ? drafts[field.name] : toDraft(field, item?.fields[field.name])
                      }
                      onChange={(draft) => change(field, draft)}
                    />
                  </Row>
                ))}
              </div>
            </fieldset>
          )
        )
      })}
      {item && fields.length < kind.fields.length - 4 && <p className="muted">{t('form.readOnly')}</p>}
    </form>
  )
}

function Row({ field, fault, children }: { field: Field; fault?: string; children: React.ReactNode }) {
  const { t, pick } = useText()
  const wide = field.format === 'multiline'
  return (
    <div className={wide ? 'form-row wide' : 'form-row'}>
      <label htmlFor={`field-${field.name}`}>
        {pick(field.label)}
        {field.required && (
          <>
            <span className="form-star" aria-hidden="true">
              *
            </span>
            <span className="sr-only"> {t('form.required')}</span>
          </>
        )}
      </label>
      {children}
      {fault && (
        <p className="form-fault" id={`fault-${field.name}`} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
