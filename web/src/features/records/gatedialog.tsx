import { useState } from 'react'
import type { Field, Item, Kind, Value } from '@/api/types'
import { Control } from '@/fields/control'
import { type Draft, toDraft, toWire } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { AntDesign } from '@/ui/antd'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { useRefusal } from './gate'

interface Props {
  kind: Kind
  item: Item
  to: string
  lacks: Field[]
  onClose: () => void
  onSave: (values: Record<string, Value>) => Promise<void>
}

/** Asks for what must be filled in before a stage, and moves the record with it. */
export function GateDialog({ kind, item, to, lacks, onClose, onSave }: Props) {
  const { t, pick } = useText()
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() =>
    Object.fromEntries(lacks.map((field) => [field.name, toDraft(field, item.fields[field.name])])),
  )
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const refusal = useRefusal(kind)
  const stage = kind.stages?.find((s) => s.code === to)
  const submit = async () => {
    const values: Record<string, Value> = {}
    const wrong: Record<string, string> = {}
    for (const field of lacks) {
      const wire = toWire({ ...field, required: true }, drafts[field.name])
      if ('fault' in wire) wrong[field.name] = t(`form.${wire.fault}`, { field: pick(field.label) })
      else values[field.name] = wire.value
    }
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) return
    setBusy(true)
    try {
      await onSave(values)
    } catch (error) {
      setRefused(refusal(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('lists.gate.title', { stage: stage ? pick(stage.label) : to })}
      act={t('lists.gate.save')}
      off={busy}
      onAct={() => void submit()}
      onCancel={onClose}
    >
      <p>{t('lists.gate.text', { title: item.title })}</p>
      <AntDesign>
        <div className="mass-form">
          {lacks.map((field) => (
            <div key={field.name} className="mass-side">
              <label htmlFor={`field-${field.name}`}>{pick(field.label)}</label>
              <Control
                kind={kind}
                item={item}
                field={field}
                draft={drafts[field.name]}
                fault={faults[field.name] !== undefined}
                onChange={(draft) => setDrafts({ ...drafts, [field.name]: draft })}
              />
              {faults[field.name] && (
                <p id={`fault-${field.name}`} className="mass-fault" role="alert">
                  {faults[field.name]}
                </p>
              )}
            </div>
          ))}
        </div>
      </AntDesign>
      {refused && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refused}
        </p>
      )}
    </FormDialog>
  )
}
