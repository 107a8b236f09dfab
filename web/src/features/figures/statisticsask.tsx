import type { StatisticsField, StatisticsKind } from '@/api/statistics'
import { useText } from '@/lib/usetext'
import type { StatisticsSearch } from './statisticssearch'

interface Props {
  kinds: StatisticsKind[]
  kind: StatisticsKind
  by?: StatisticsField
  of?: StatisticsField
  average: boolean
  onSearch: (search: StatisticsSearch) => void
}

/** The question: what may be asked is a closed list, and there is no filter. */
export function StatisticsAsk({ kinds, kind, by, of, average, onSearch }: Props) {
  const { t, pick } = useText()
  const now: StatisticsSearch = { kind: kind.kind, by: by?.ask ?? '', of: of?.ask, average: average || undefined }
  const name = (f: StatisticsField) => (f.ask.startsWith('month(') ? t('statistics.month', { field: pick(f.label) }) : pick(f.label))
  return (
    <div className="statistics-ask">
      <label>
        <span>{t('statistics.what')}</span>
        <select className="input" value={kind.kind} onChange={(e) => onSearch({ kind: e.target.value })}>
          {kinds.map((k) => (
            <option key={k.kind} value={k.kind}>
              {pick(k.label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('statistics.by')}</span>
        <select className="input" value={by?.ask ?? ''} onChange={(e) => onSearch({ ...now, by: e.target.value })}>
          <option value="">{t('statistics.together')}</option>
          {kind.groups.map((g) => (
            <option key={g.ask} value={g.ask}>
              {name(g)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('statistics.of')}</span>
        <select className="input" value={of?.ask ?? ''} onChange={(e) => onSearch({ ...now, of: e.target.value || undefined, average: e.target.value ? now.average : undefined })}>
          <option value="">{t('statistics.count')}</option>
          {kind.measures.map((m) => (
            <option key={m.ask} value={m.ask}>
              {pick(m.label)}
            </option>
          ))}
        </select>
      </label>
      {of && (
        <div className="segments" role="group" aria-label={t('statistics.how')}>
          <button type="button" aria-pressed={!average} onClick={() => onSearch({ ...now, average: undefined })}>
            {t('statistics.sum')}
          </button>
          <button type="button" aria-pressed={average} onClick={() => onSearch({ ...now, average: true })}>
            {t('statistics.average')}
          </button>
        </div>
      )}
    </div>
  )
}
