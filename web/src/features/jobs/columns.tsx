import type { ImportPreview } from '@/api/jobs'
import { useMyPools } from '@/api/pools'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { distinguished, type Led, poolable, wrongOf } from './mapping'

interface Props {
  preview: ImportPreview
  led: Led
  onLed: (led: Led) => void
}

/** Each column of the table with what stands in it and the field that it fills. */
export function Columns({ preview, led, onLed }: Props) {
  const { t, pick, format } = useText()
  const open = preview.fields.filter((f) => !f.locked)
  const locked = preview.fields.filter((f) => f.locked === 'no_right')
  const nameOf = (name: string) => {
    const field = preview.fields.find((f) => f.name === name)
    return field ? pick(field.label) : name
  }
  const set = (i: number, name: string) => {
    const fields = led.fields.with(i, name)
    onLed({ ...led, fields, key: fields.includes(led.key) ? led.key : '' })
  }
  const keys = preview.fields.filter((f) => f.key && led.fields.includes(f.name))
  const wrong = wrongOf(preview, led)
  const lies = poolable(preview, led)
  const pools = useMyPools(lies)
  return (
    <div className="job-columns">
      {preview.remembered && (
        <p className="note good">
          <Icon name="check" />
          {t('jobs.remembered')}
        </p>
      )}
      <ul className="map">
        {preview.columns.map((column, i) => (
          <li key={i} className={led.fields[i] ? undefined : 'left-out'}>
            <div className="map-from">
              <strong>{column.heading || t('jobs.noHeading')}</strong>
              <span className="map-samples">{column.samples.join(t('jobs.between')) || t('jobs.noSamples')}</span>
            </div>
            <Icon name="right" />
            <div className="map-to">
              <select className="input" aria-label={t('jobs.fieldOf', { heading: column.heading })} value={led.fields[i]} disabled={column.heading === ''} onChange={(event) => set(i, event.target.value)}>
                <option value="">{t('jobs.leaveOut')}</option>
                {open.map((f) => (
                  <option key={f.name} value={f.name}>
                    {pick(f.label) + (f.required ? t('jobs.requiredMark') : '')}
                  </option>
                ))}
                {locked.length > 0 && (
                  <optgroup label={t('jobs.lockedGroup')}>
                    {locked.map((f) => (
                      <option key={f.name} value={f.name} disabled>
                        {pick(f.label)}
                      </option>
                    ))}
                  </optgroup>
                )}
              </select>
              {column.locked ? (
                <span className="map-why locked">
                  <Icon name="lock" />
                  {t(`jobs.locked.${preview.fields.find((f) => f.name === column.locked)?.locked ?? 'no_right'}`, { field: nameOf(column.locked) })}
                </span>
              ) : (
                column.confidence && column.field === led.fields[i] && <span className={`map-why ${column.confidence}`}>{t(`jobs.confidence.${column.confidence}`)}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <fieldset className="map-options">
        <legend>{t('jobs.existing')}</legend>
        <label>
          {t('jobs.findBy')}
          <select className="input" value={led.key} onChange={(event) => onLed({ ...led, key: event.target.value })}>
            <option value="">{t('jobs.allNew')}</option>
            {keys.map((f) => (
              <option key={f.name} value={f.name}>
                {t('jobs.sameAs', { field: pick(f.label) })}
              </option>
            ))}
          </select>
        </label>
        <label className="map-check">
          <input type="checkbox" checked={led.keepEmpty} disabled={led.key === ''} onChange={(event) => onLed({ ...led, keepEmpty: event.target.checked })} />
          {t('jobs.keepEmpty')}
        </label>
        {lies && (pools.data?.length ?? 0) > 0 && (
          <label>
            {t('jobs.poolOrMine')}
            <select className="input" value={led.pool ?? ''} onChange={(event) => onLed({ ...led, pool: event.target.value || undefined })}>
              <option value="">{t('jobs.stayMine')}</option>
              {pools.data?.map((pool) => (
                <option key={pool.id} value={pool.id}>
                  {t('jobs.intoPool', { pool: pool.name })}
                </option>
              ))}
            </select>
          </label>
        )}
        {distinguished(preview.kind) && (
          <label className="map-check">
            <input type="checkbox" checked={led.distinct} onChange={(event) => onLed({ ...led, distinct: event.target.checked })} />
            {t('jobs.distinct')}
          </label>
        )}
        {distinguished(preview.kind) && preview.looks && led.distinct && (
          <p className="muted map-looks">
            {t('jobs.looks', { hour: preview.looks.hour, day: preview.looks.day })}
            {t('jobs.looksLeft', { count: preview.looks.left, n: format.integer(preview.looks.left) })}
          </p>
        )}
      </fieldset>
      {wrong.map((w) => (
        <p key={w.code} className="note warn" role="alert">
          <Icon name="warn" />
          {w.code === 'double'
            ? t('jobs.wrong.double', { field: nameOf(w.field) })
            : w.code === 'missing'
              ? t('jobs.wrong.missing', { fields: w.fields.map((f) => pick(f.label)).join(t('jobs.between')) })
              : t('jobs.wrong.nothing')}
        </p>
      ))}
    </div>
  )
}
