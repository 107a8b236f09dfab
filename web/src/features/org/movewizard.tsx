import { useState } from 'react'
import { type Changes, useLeaving, usePersonAppointments } from '@/api/company'
import { useText } from '@/lib/usetext'
import { ChangeDialog } from './changedialog'
import { HandForm, handovers, noHand } from './handform'
import { atDay, Field, PositionSelect } from './joinwizard'
import { PersonPick, UnitPick } from './pick'

/** 调岗: from one appointment to another, perhaps with the old one kept for a while. */
export function MoveWizard({ person: given, onClose }: { person?: string; onClose: () => void }) {
  const { t, pick } = useText()
  const [person, setPerson] = useState(given)
  const [unit, setUnit] = useState<string>()
  const [position, setPosition] = useState('')
  const [from, setFrom] = useState('')
  const [keep, setKeep] = useState('')
  const [old, setOld] = useState<string>()
  const [hand, setHand] = useState({ ...noHand, way: 'none' as (typeof noHand)['way'] })
  const leaving = useLeaving(person)
  const list = handovers(hand, leaving.data?.items ?? [])
  const appointments = usePersonAppointments(person)
  const open = (appointments.data?.items ?? []).filter((a) => a.state !== 'ended')
  const ended = open.find((a) => a.id === (old ?? open[0]?.id))
  let changes: Changes | undefined
  if (person && unit && position && list) {
    changes = { appoint: [{ person, unit, position, from: atDay(from) }] }
    if (list.length > 0) changes.hand = [{ person, hand: list, note: hand.note.trim() || undefined }]
    const until = atDay(keep) ?? atDay(from)
    if (ended && old !== '') {
      if (until && new Date(until) > new Date()) changes.change = [{ id: ended.id, version: ended.version, until }]
      else changes.end = [{ id: ended.id, version: ended.version }]
    }
  }
  return (
    <ChangeDialog title={t('company.move.title')} changes={changes} confirm={t('company.move.confirm')} done={t('company.move.done')} onClose={onClose}>
      <PersonPick label={t('company.person')} value={person} onPick={setPerson} />
      {person && (
        <div className="o-pick">
          <label htmlFor="move-old">{t('company.move.old')}</label>
          <select className="input" id="move-old" value={old ?? open[0]?.id ?? ''} onChange={(event) => setOld(event.target.value)}>
            {open.map((a) => (
              <option key={a.id} value={a.id}>
                {a.unit.name} · {pick(a.position.label)}
              </option>
            ))}
            <option value="">{t('company.move.keepAll')}</option>
          </select>
        </div>
      )}
      <div className="o-pick-two">
        <UnitPick label={t('company.move.to')} value={unit} onPick={setUnit} />
        <PositionSelect value={position} onChange={setPosition} label={t('company.move.position')} />
      </div>
      <div className="o-pick-two">
        <Field label={t('company.from')} type="date" value={from} onChange={setFrom} hint={t('company.fromHint')} />
        <Field label={t('company.move.keep')} type="date" value={keep} onChange={setKeep} hint={t('company.move.keepHint')} />
      </div>
      {person && <HandForm person={person} hand={hand} onHand={setHand} stays />}
    </ChangeDialog>
  )
}
