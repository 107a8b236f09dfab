import { useState } from 'react'
import { useAddUnit, useRemoveUnit } from '@/api/company'
import { useRecordTitle } from '@/api/records'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { ChangeDialog } from './changedialog'
import { PersonPick, pathText, UnitPick } from './pick'

interface Props {
  unit: Unit
  units: Unit[]
  onClose: () => void
}

const typeList = ['company', 'division', 'region', 'branch', 'department', 'store', 'campus', 'team', 'group']

export function TypeSelect({ value, onChange }: { value: string; onChange: (type: string) => void }) {
  const { t } = useText()
  const types = { ...(t('org.types', { returnObjects: true }) as Record<string, string>), branch: t('company.branch'), campus: t('company.campus') }
  return (
    <div className="o-pick">
      <label htmlFor="unit-type">{t('company.type')}</label>
      <select className="input" id="unit-type" value={value} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([...typeList, value])].map((type) => (
          <option key={type} value={type}>
            {(types as Record<string, string>)[type] ?? type}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A new unit takes nothing from anybody: it is made at once. */
export function AddDialog({ unit, onOpen, onClose }: Props & { onOpen: (id: string) => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const add = useAddUnit()
  const [type, setType] = useState('department')
  return (
    <Dialog
      title={t('company.unit.addBelow', { name: unit.name })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.cancel')}
          </button>
          <button type="submit" form="unit-add" className="btn primary" disabled={add.isPending}>
            {t('company.unit.add')}
          </button>
        </>
      }
    >
      <form
        id="unit-add"
        className="change-form"
        onSubmit={(event) => {
          event.preventDefault()
          const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
          add.mutate(
            { parent: unit.id, name, type },
            {
              onSuccess: () => {
                toast(t('company.unit.added', { name }))
                onOpen(unit.id)
                onClose()
              },
            },
          )
        }}
      >
        <div className="o-pick">
          <label htmlFor="unit-name">{t('company.unit.name')}</label>
          <input className="input" id="unit-name" name="name" autoComplete="off" autoFocus required />
        </div>
        <TypeSelect value={type} onChange={setType} />
        {add.isError && <p className="note bad">{problemText(add.error)}</p>}
      </form>
    </Dialog>
  )
}

/** Name, type and place of a unit. */
export function EditDialog({ unit, onClose }: Props) {
  const { t } = useText()
  const [name, setName] = useState(unit.name)
  const [type, setType] = useState(unit.type)
  const [lat, setLat] = useState(unit.place ? String(unit.place.lat) : '')
  const [lng, setLng] = useState(unit.place ? String(unit.place.lng) : '')
  const at = { lat: Number(lat || 0), lng: Number(lng || 0) }
  const right = name.trim() !== '' && Math.abs(at.lat) <= 90 && Math.abs(at.lng) <= 180
  return (
    <ChangeDialog
      title={t('company.unit.editOf', { name: unit.name })}
      changes={right ? { units: [{ id: unit.id, version: unit.version ?? 0, name: name.trim(), type, place: at }] } : undefined}
      confirm={t('company.save')}
      done={t('company.saved')}
      onClose={onClose}
    >
      <div className="o-pick">
        <label htmlFor="unit-name">{t('company.unit.name')}</label>
        <input className="input" id="unit-name" value={name} onChange={(event) => setName(event.target.value)} />
      </div>
      <TypeSelect value={type} onChange={setType} />
      <div className="o-pick-two">
        {(
          [
            ['lat', lat, setLat],
            ['lng', lng, setLng],
          ] as const
        ).map(([half, value, set]) => (
          <div className="o-pick" key={half}>
            <label htmlFor={`unit-${half}`}>{t(`company.unit.${half}`)}</label>
            <input className="input num" id={`unit-${half}`} inputMode="decimal" value={value} onChange={(event) => set(event.target.value.replace(/[^\d.-]/g, ''))} />
          </div>
        ))}
      </div>
      <p className="muted">{t('company.unit.placeHint')}</p>
    </ChangeDialog>
  )
}

/** '移动到…', which is also where a drag ends: nothing moves before it is seen what follows. */
export function MoveDialog({ unit, units, to, below, onClose }: Props & { to?: string; below: Set<string> }) {
  const { t } = useText()
  const [parent, setParent] = useState(to)
  return (
    <ChangeDialog
      title={t('company.unit.moveOf', { name: unit.name })}
      changes={parent && parent !== unit.parent ? { units: [{ id: unit.id, version: unit.version ?? 0, parent }] } : undefined}
      confirm={t('company.unit.move')}
      done={t('company.unit.moved', { name: unit.name })}
      onClose={onClose}
    >
      <p className="muted">{t('company.unit.now', { path: pathText(units, unit.id) })}</p>
      <UnitPick label={t('company.unit.to')} value={parent} except={below} onPick={setParent} />
    </ChangeDialog>
  )
}

export function HeadsDialog({ unit, onClose }: Props) {
  const { t } = useText()
  const [heads, setHeads] = useState<{ id: string; name?: string }[]>(unit.heads ?? [])
  const same = heads.map((h) => h.id).join() === (unit.heads ?? []).map((h) => h.id).join()
  return (
    <ChangeDialog
      title={t('company.unit.headsOf', { name: unit.name })}
      changes={same ? undefined : { units: [{ id: unit.id, version: unit.version ?? 0, heads: heads.map((h) => h.id) }] }}
      confirm={t('company.save')}
      done={t('company.saved')}
      onClose={onClose}
    >
      <ul className="o-chips">
        {heads.map((head) => (
          <li key={head.id}>
            <PersonName id={head.id} name={head.name} />
            <button type="button" className="quiet" onClick={() => setHeads(heads.filter((h) => h.id !== head.id))}>
              {t('company.takeAway')}
            </button>
          </li>
        ))}
      </ul>
      <PersonPick label={t('company.unit.addHead')} onPick={(id) => id && !heads.some((h) => h.id === id) && setHeads([...heads, { id }])} />
    </ChangeDialog>
  )
}

function PersonName({ id, name }: { id: string; name?: string }) {
  const title = useRecordTitle('person', name ? undefined : id)
  return <>{name ?? title}</>
}

export function RemoveDialog({ unit, onClose }: Props) {
  const { t } = useText()
  const problemText = useProblemText()
  const remove = useRemoveUnit()
  return (
    <Dialog
      title={t('company.unit.removeOf', { name: unit.name })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.cancel')}
          </button>
          <button
            type="button"
            className="btn danger"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(
                { id: unit.id, version: unit.version ?? 0 },
                {
                  onSuccess: () => {
                    toast(t('company.unit.removed', { name: unit.name }))
                    onClose()
                  },
                },
              )
            }
          >
            {t('company.unit.remove')}
          </button>
        </>
      }
    >
      <p>{t('company.unit.removeText')}</p>
      {remove.isError && <p className="note bad">{problemText(remove.error)}</p>}
    </Dialog>
  )
}
