import type { Trade } from '@/api/setup'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { StepProps } from './form'
import { readUnits, writeUnits } from './unittext'

/** Units typed, pasted or read from a file, with the tree that they make beside them. */
export function UnitStep({ form, change, wrong, trade }: StepProps & { trade?: Trade }) {
  const { t, pick, format } = useText()
  const types = t('org.types', { returnObjects: true }) as Record<string, string>
  const known = Object.fromEntries((trade?.units ?? []).map((unit) => [pick(unit.name), unit.type]))
  const units = readUnits(form.units, known)
  const example = trade ? writeUnits(trade.units.map((u) => ({ name: pick(u.name), depth: u.depth }))) : ''
  return (
    <div className="setup-columns">
      <div className="setup-field">
        <label htmlFor="setup-units">{t('setup.units.label')}</label>
        <textarea
          className="input setup-text"
          id="setup-units"
          rows={14}
          spellCheck={false}
          value={form.units}
          aria-describedby="setup-units-hint"
          onChange={(event) => change({ units: event.target.value, example: '' })}
        />
        <p className="muted" id="setup-units-hint">
          {t('setup.units.hint')}
        </p>
        {wrong.units && (
          <p className="setup-wrong" role="alert">
            {wrong.units}
          </p>
        )}
        <div className="setup-row">
          <label className="btn setup-file">
            <Icon name="download" />
            {t('setup.units.file')}
            <input
              type="file"
              className="sr-only"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={async (event) => {
                const file = event.target.files?.[0]
                if (file) change({ units: (await file.text()).replace(/^\uFEFF/, ''), example: '' })
              }}
            />
          </label>
          <button type="button" className="quiet" onClick={() => change({ units: example, example: form.trade })}>
            {t('setup.units.example')}
          </button>
          <button type="button" className="quiet" onClick={() => change({ units: '', example: '' })}>
            {t('setup.units.none')}
          </button>
        </div>
      </div>
      <div className="setup-preview">
        <h2>{t('setup.units.preview', { n: format.number(units.length + 1) })}</h2>
        <ul className="setup-tree">
          <li>
            <Icon name="org" />
            {form.company}
            <span className="tag">{types.company}</span>
          </li>
          {units.slice(0, 300).map((unit) => (
            <li key={`${unit.parent}/${unit.name}`} style={{ paddingInlineStart: 24 + unit.depth * 20 }}>
              {unit.name}
              <span className="tag">{types[unit.type] ?? unit.type}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
