import type { Matrix } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { whoKey } from './looks'
import type { MatrixSearch } from './search'

interface Props {
  matrix: Matrix
  differ?: Set<number>
  search: MatrixSearch
  onSearch: (search: MatrixSearch) => void
}

/** Which two rows are compared, in how much they differ, and whether the rest is shown. */
export function CompareBar({ matrix, differ, search, onSearch }: Props) {
  const { t, pick, format } = useText()
  const choice = (side: 'a' | 'b', label: string) => (
    <select
      className="input"
      aria-label={label}
      value={search[side] ?? ''}
      onChange={(event) => onSearch({ ...search, [side]: event.target.value || undefined })}
    >
      <option value="">{t('policy.compare.choose')}</option>
      {matrix.rows.map((row) => (
        <option key={whoKey(row.who)} value={whoKey(row.who)}>
          {pick(row.label)}
        </option>
      ))}
    </select>
  )
  return (
    <div className="compare" role="region" aria-label={t('policy.compare.title')}>
      {choice('a', t('policy.compare.first'))}
      <span className="muted">{t('policy.compare.with')}</span>
      {choice('b', t('policy.compare.second'))}
      {differ && (
        <>
          <span className="compare-count num" role="status">
            {t('policy.compare.differ', { count: differ.size, n: format.number(differ.size) })}
          </span>
          <label className="check">
            <input
              type="checkbox"
              checked={search.diff ?? false}
              onChange={(event) => onSearch({ ...search, diff: event.target.checked || undefined })}
            />
            {t('policy.compare.only')}
          </label>
        </>
      )}
      <button type="button" className="quiet" onClick={() => onSearch({ ...search, a: undefined, b: undefined, diff: undefined })}>
        <Icon name="close" />
        {t('policy.compare.end')}
      </button>
    </div>
  )
}
