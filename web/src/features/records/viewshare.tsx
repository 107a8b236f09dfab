import { useState } from 'react'
import { usePositions } from '@/api/company'
import { useUnits } from '@/api/org'
import { useMe } from '@/api/session'
import type { SavedView, ViewShare } from '@/api/views'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  view: SavedView
  busy: boolean
  problem?: string
  onBack: () => void
  onSave: (shared: ViewShare) => void
}

/** From how many on a list of units or positions can be narrowed by typing. */
const many = 12

/**
 * With whom a view is shared: one's own units, and by who administers the organisation or the rules
 * also other units, positions or everybody. A view grants nothing: each sees in it what they may see.
 */
export function ShareForm({ view, busy, problem, onBack, onSave }: Props) {
  const { t, pick } = useText()
  const me = useMe()
  const units = useUnits()
  const [wanted, setWanted] = useState('')
  const [shared, setShared] = useState<ViewShare>(view.shared ?? {})
  const wide = me.data?.can.some((right) => right === 'org' || right === 'policy') ?? false
  const positions = usePositions(wide)
  const own = new Set(me.data?.appointments.map((a) => a.unit.id))
  const all = units.data?.items ?? []
  const inUnits = wide ? all : all.filter((unit) => own.has(unit.id) || shared.units?.includes(unit.id))
  const inPositions = wide ? (positions.data?.items ?? []) : []
  const offers = (name: string) => name.toLowerCase().includes(wanted.trim().toLowerCase())
  return (
    <form
      className="view-share"
      onSubmit={(event) => {
        event.preventDefault()
        onSave({ units: shared.units?.length ? shared.units : undefined, positions: shared.positions?.length ? shared.positions : undefined, everyone: shared.everyone || undefined })
      }}
    >
      <h2>{t('lists.view.shareTitle', { name: view.name })}</h2>
      <p className="muted">{t('lists.view.shareHint')}</p>
      <fieldset>
        <legend className="sr-only">{t('lists.view.shareWith')}</legend>
        {wide && (
          <label>
            <input
              type="checkbox"
              checked={shared.everyone ?? false}
              onChange={(event) => setShared({ ...shared, everyone: event.target.checked })}
            />
            {t('lists.view.everyone')}
          </label>
        )}
        {inUnits.length + inPositions.length > many && (
          <input className="input" type="search" aria-label={t('lists.view.narrow')} placeholder={t('lists.view.narrow')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        )}
        <div className="view-units">
          <Offers
            title={wide ? t('lists.view.units') : undefined}
            list={inUnits.filter((unit) => offers(unit.name)).map((unit) => ({ id: unit.id, name: unit.name }))}
            chosen={shared.units}
            onChange={(ids) => setShared({ ...shared, units: ids })}
          />
          <Offers
            title={t('lists.view.positions')}
            list={inPositions.filter((one) => offers(pick(one.label))).map((one) => ({ id: one.code, name: pick(one.label) }))}
            chosen={shared.positions}
            onChange={(codes) => setShared({ ...shared, positions: codes })}
          />
        </div>
        {inUnits.length === 0 && <p className="muted">{t('lists.view.noUnit')}</p>}
      </fieldset>
      {problem && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problem}
        </p>
      )}
      <div className="views-acts">
        <button type="button" className="btn" onClick={onBack}>
          {t('lists.back')}
        </button>
        <button type="submit" className="btn primary" disabled={busy}>
          {t('app.save')}
        </button>
      </div>
    </form>
  )
}

interface OffersProps {
  title?: string
  list: { id: string; name: string }[]
  chosen?: string[]
  onChange: (chosen: string[]) => void
}

function Offers({ title, list, chosen = [], onChange }: OffersProps) {
  if (list.length === 0) return null
  return (
    <div role="group" aria-label={title}>
      {title && <h3>{title}</h3>}
      {list.map((one) => (
        <label key={one.id}>
          <input type="checkbox" checked={chosen.includes(one.id)} onChange={(event) => onChange(event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))} />
          {one.name}
        </label>
      ))}
    </div>
  )
}
