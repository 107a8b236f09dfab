import { useId, useState } from 'react'
import { type Named, useAddToTeam } from '@/api/beneath'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

/** Brings a colleague onto a record, where the rules for collaborators say what they may. */
export function AddAccess({ kind, item, onClose }: { kind: Kind; item: Item; onClose: () => void }) {
  const { t } = useText()
  const id = useId()
  const [person, setPerson] = useState<Named>()
  const [until, setUntil] = useState('')
  const [fault, setFault] = useState<string>()
  const join = useAddToTeam(kind.name, item.id)
  const problem = useRecordProblem()

  const save = () => {
    setFault(person ? undefined : t('record.access.personNeeded'))
    if (!person) return
    const end = until ? new Date(`${until}T23:59:59`).toISOString() : undefined
    join.mutate(
      { person: person.id, ...(end ? { until: end } : {}) },
      {
        onSuccess: () => {
          toast(t('record.access.added', { person: person.name }))
          onClose()
        },
        onError: (error: unknown) => setFault(problem(error)),
      },
    )
  }

  return (
    <FormDialog title={t('record.access.add')} wide act={t('record.access.save')} off={join.isPending} onAct={save} onCancel={onClose}>
      <div className="access-form">
        <PersonPicker person={person} onPerson={setPerson} label={t('record.access.person')} hint={t('record.access.search')} />
        <p className="muted">{t('record.access.teamHint')}</p>
        <label htmlFor={`${id}-until`}>{t('record.access.untilLabel')}</label>
        <input id={`${id}-until`} type="date" className="input" value={until} onChange={(event) => setUntil(event.target.value)} />
        <p className="muted">{t('record.access.untilOpen')}</p>
        {fault && (
          <p className="form-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
