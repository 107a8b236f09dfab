import { useState } from 'react'
import { type ExportLimits, useSetExportLimits } from '@/api/exportcontrol'
import { usePacks } from '@/api/packs'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** How many rows people may export in a day: said, and changed by who administers permission. */
export function Limits({ limits, may }: { limits: ExportLimits; may: boolean }) {
  const { t, pick, format } = useText()
  const packs = usePacks()
  const [edited, setEdited] = useState<ExportLimits>()
  const packName = (id: string) => {
    const found = packs.data?.items.find((p) => p.id === id)
    return t('asks.control.pack', { name: found ? pick(found.label) : id })
  }
  return (
    <>
      <header className="limits-head">
        <h2 id="limits-title">{t('asks.control.limits')}</h2>
        {may && !edited && (
          <button type="button" className="btn" onClick={() => setEdited(limits)}>
            <Icon name="edit" />
            {t('asks.control.edit')}
          </button>
        )}
      </header>
      <p className="muted">{t('asks.control.limitsText')}</p>
      {edited ? (
        <EditLimits limits={edited} packName={packName} packs={packs.data?.items.map((p) => p.id) ?? []} onLimits={setEdited} onClose={() => setEdited(undefined)} />
      ) : (
        <dl className="limits">
          <dt>{t('asks.control.everyone')}</dt>
          <dd>{limits.everyone === undefined ? t('asks.control.noLimit') : t('asks.control.rows', { n: format.number(limits.everyone) })}</dd>
          {limits.packs.map((p) => (
            <div key={p.pack}>
              <dt>{packName(p.pack)}</dt>
              <dd>{t('asks.control.rows', { n: format.number(p.rows) })}</dd>
            </div>
          ))}
          {limits.people.map((p) => (
            <div key={p.person}>
              <dt>{p.name}</dt>
              <dd>{t('asks.control.rows', { n: format.number(p.rows) })}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

interface EditProps {
  limits: ExportLimits
  packs: string[]
  packName: (id: string) => string
  onLimits: (limits: ExportLimits) => void
  onClose: () => void
}

const usual = 1000

function EditLimits({ limits, packs, packName, onLimits, onClose }: EditProps) {
  const { t } = useText()
  const problemText = useProblemText()
  const save = useSetExportLimits()
  const left = packs.filter((id) => !limits.packs.some((p) => p.pack === id))
  return (
    <form
      className="limits-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(limits, {
          onSuccess: () => {
            toast(t('asks.control.saved'))
            onClose()
          },
        })
      }}
    >
      <Line what={t('asks.control.everyone')} rows={limits.everyone} empty onRows={(everyone) => onLimits({ ...limits, everyone })} />
      {limits.packs.map((p, i) => (
        <Line
          key={p.pack}
          what={packName(p.pack)}
          rows={p.rows}
          onRows={(rows) => onLimits({ ...limits, packs: limits.packs.map((o, j) => (j === i ? { ...o, rows: rows ?? 0 } : o)) })}
          onRemove={() => onLimits({ ...limits, packs: limits.packs.filter((_, j) => j !== i) })}
        />
      ))}
      {limits.people.map((p, i) => (
        <Line
          key={p.person}
          what={p.name ?? ''}
          rows={p.rows}
          onRows={(rows) => onLimits({ ...limits, people: limits.people.map((o, j) => (j === i ? { ...o, rows: rows ?? 0 } : o)) })}
          onRemove={() => onLimits({ ...limits, people: limits.people.filter((_, j) => j !== i) })}
        />
      ))}
      <div className="limits-add">
        <label>
          <span>{t('asks.control.addPack')}</span>
          <select className="input" value="" onChange={(event) => event.target.value && onLimits({ ...limits, packs: [...limits.packs, { pack: event.target.value, rows: usual }] })}>
            <option value="">{t('asks.control.choose')}</option>
            {left.map((id) => (
              <option key={id} value={id}>
                {packName(id)}
              </option>
            ))}
          </select>
        </label>
        <div>
          <PersonPicker
            key={limits.people.length}
            quiet
            label={t('asks.control.addPerson')}
            hint={t('asks.control.choose')}
            onPerson={(person) =>
              person && !limits.people.some((p) => p.person === person.id) && onLimits({ ...limits, people: [...limits.people, { person: person.id, name: person.name, rows: usual }] })
            }
          />
        </div>
      </div>
      {save.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(save.error)}
        </p>
      )}
      <div className="decide-buttons">
        <button type="button" className="btn" onClick={onClose}>
          {t('app.cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={save.isPending}>
          {t('asks.control.save')}
        </button>
      </div>
    </form>
  )
}

interface LineProps {
  what: string
  rows: number | undefined
  /** Whether it may be without a limit. */
  empty?: boolean
  onRows: (rows: number | undefined) => void
  onRemove?: () => void
}

function Line({ what, rows, empty, onRows, onRemove }: LineProps) {
  const { t } = useText()
  return (
    <div className="limits-line">
      <label>
        <span>{what}</span>
        <input
          className="input"
          type="number"
          min={0}
          max={10_000_000}
          required={!empty}
          placeholder={empty ? t('asks.control.noLimit') : undefined}
          value={rows ?? ''}
          onChange={(event) => onRows(event.target.value === '' ? undefined : Math.round(Number(event.target.value)))}
        />
        <span className="muted">{t('asks.control.rowsPerDay')}</span>
      </label>
      {onRemove && (
        <button type="button" className="quiet icon-only" aria-label={t('asks.control.remove', { what })} onClick={onRemove}>
          <Icon name="trash" />
        </button>
      )}
    </div>
  )
}
