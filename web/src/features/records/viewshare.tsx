import { useState } from 'react'
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

/**
 * With whom a view is shared: one's own units, and by who administers the organisation or the rules
 * also other units or everybody. A view grants nothing: each sees in it what they may see.
 */
export function ShareForm({ view, busy, problem, onBack, onSave }: Props) {
  const { t } = useText()
  const me = useMe()
  const units = useUnits()
  const [shared, setShared] = useState<ViewShare>(view.shared ?? {})
  const wide = me.data?.can.some((right) => right === 'org' || right === 'policy') ?? false
  const own = new Set(me.data?.appointments.map((a) => a.unit.id))
  const chosen = new Set(shared.units)
  const all = units.data?.items ?? []
  const offered = wide ? all : all.filter((unit) => own.has(unit.id) || chosen.has(unit.id))
  const toggle = (id: string) => {
    if (!chosen.delete(id)) chosen.add(id)
    setShared({ ...shared, units: [...chosen] })
  }
  return (
    <form
      className="view-share"
      onSubmit={(event) => {
        event.preventDefault()
        onSave({ units: shared.units?.length ? shared.units : undefined, positions: shared.positions, everyone: shared.everyone || undefined })
      }}
    >
      <h3>{t('lists.view.shareTitle', { name: view.name })}</h3>
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
        <div className="view-units">
          {offered.map((unit) => (
            <label key={unit.id}>
              <input type="checkbox" checked={chosen.has(unit.id)} onChange={() => toggle(unit.id)} />
              {unit.name}
            </label>
          ))}
        </div>
        {offered.length === 0 && <p className="muted">{t('lists.view.noUnit')}</p>}
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
