import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { State } from '@/ui/states'

interface Props {
  units: Unit[]
  chosen?: string
  onChoose: (id: string) => void
}

const width = 960
const height = 600
const margin = 48

const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60]

/** Where the units stand, as dots on a plain grid of degrees: nothing is asked of anybody else. */
export function UnitMap({ units, chosen, onChoose }: Props) {
  const { t, format } = useText()
  const placed = units.flatMap((unit) => (unit.place ? [{ unit, lat: unit.place.lat, lng: unit.place.lng }] : []))
  if (placed.length === 0) return <State icon="place" title={t('company.map.none')} text={t('company.map.noneText')} />
  const lats = placed.map((p) => p.lat)
  const lngs = placed.map((p) => p.lng)
  const mid = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lng: (Math.min(...lngs) + Math.max(...lngs)) / 2 }
  // A degree of longitude is shorter the farther one is from the equator.
  const squeeze = Math.max(0.1, Math.cos((mid.lat * Math.PI) / 180))
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values)
  const scale = Math.min((width - 2 * margin) / Math.max(0.02, spread(lngs) * squeeze), (height - 2 * margin) / Math.max(0.02, spread(lats)))
  const x = (lng: number) => width / 2 + (lng - mid.lng) * squeeze * scale
  const y = (lat: number) => height / 2 - (lat - mid.lat) * scale
  const step = steps.find((s) => s * scale > 70) ?? 60
  const lines = (centre: number, reach: number) => {
    const first = Math.ceil((centre - reach) / step)
    const last = Math.floor((centre + reach) / step)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
  }
  return (
    <figure className="o-map">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('company.map.title')}>
        <g className="o-map-grid" aria-hidden="true">
          {lines(mid.lng, width / 2 / squeeze / scale).map((lng) => (
            <g key={lng}>
              <line x1={x(lng)} x2={x(lng)} y1={0} y2={height} />
              <text x={x(lng) + 4} y={height - 8}>
                {Number(lng.toFixed(2))}°
              </text>
            </g>
          ))}
          {lines(mid.lat, height / 2 / scale).map((lat) => (
            <g key={lat}>
              <line x1={0} x2={width} y1={y(lat)} y2={y(lat)} />
              <text x={8} y={y(lat) - 4}>
                {Number(lat.toFixed(2))}°
              </text>
            </g>
          ))}
        </g>
        {placed.map(({ unit, lat, lng }) => (
          <g
            key={unit.id}
            className={unit.id === chosen ? 'o-map-dot chosen' : 'o-map-dot'}
            role="button"
            tabIndex={0}
            aria-label={`${unit.name} ${format.place(lat, lng)}`}
            transform={`translate(${x(lng)} ${y(lat)})`}
            onClick={() => onChoose(unit.id)}
            onKeyDown={(event) => event.key === 'Enter' && onChoose(unit.id)}
          >
            <circle r="7" />
            <text x="12" y="5">
              {unit.name}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="muted">{t('company.map.caption', { n: format.number(placed.length), of: format.number(units.length) })}</figcaption>
    </figure>
  )
}
