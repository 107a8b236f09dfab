import { useState } from 'react'
import { type Changes, useLeaving } from '@/api/company'
import { useText } from '@/lib/usetext'
import { ChangeDialog } from './changedialog'
import { HandForm, handovers, noHand } from './handform'
import { atDay, Field } from './joinwizard'
import { PersonPick } from './pick'

/** 离职: what is open, who takes it over, and when everything ends. */
export function LeaveWizard({ person: given, onClose }: { person?: string; onClose: () => void }) {
  const { t } = useText()
  const [person, setPerson] = useState(given)
  const [at, setAt] = useState('')
  const [hand, setHand] = useState(noHand)
  const leaving = useLeaving(person)
  const list = handovers(hand, leaving.data?.items ?? [])
  const changes: Changes | undefined =
    person && leaving.isSuccess && list ? { leave: [{ person, at: atDay(at), hand: list, note: hand.note.trim() || undefined }] } : undefined
  return (
    <ChangeDialog title={t('company.leave.title')} changes={changes} confirm={t('company.leave.confirm')} danger done={t('company.leave.done')} onClose={onClose}>
      <PersonPick label={t('company.person')} value={person} onPick={setPerson} />
      <Field label={t('company.leave.at')} type="date" value={at} onChange={setAt} hint={t('company.leave.atHint')} />
      {person && <HandForm person={person} hand={hand} onHand={setHand} />}
    </ChangeDialog>
  )
}
