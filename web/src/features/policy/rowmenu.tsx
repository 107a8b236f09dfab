import { Link } from '@tanstack/react-router'
import type { MatrixRow } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import { whoKey } from './looks'
import type { MatrixSearch } from './search'

interface Props {
  row: MatrixRow
  search: MatrixSearch
  mayEdit: boolean
  onSearch: (search: MatrixSearch) => void
  onCopy: () => void
}

/** What can be done with a row. */
export function RowMenu({ row, search, mayEdit, onSearch, onCopy }: Props) {
  const { t, pick } = useText()
  const key = whoKey(row.who)
  const on = row.who.person ? 'person' : row.who.unit ? 'unit' : 'position'
  const other = search.a && !search.b && search.a !== key
  return (
    <div className="menu">
      <p className="menu-head">{pick(row.label)}</p>
      <button
        type="button"
        className="menu-item"
        onClick={() => onSearch(other ? { ...search, b: key, diff: true } : { ...search, a: key, b: undefined, diff: undefined })}
      >
        {other ? t('policy.compare.withThis') : t('policy.compare.begin')}
      </button>
      {mayEdit && (
        <button type="button" className="menu-item" onClick={onCopy}>
          {t('policy.copy.to')}
        </button>
      )}
      <Link
        className="menu-item"
        to="/policy/packs"
        search={{ on: on === 'position' ? undefined : on, at: row.who.person ?? row.who.unit ?? row.who.position }}
      >
        {t('policy.row.packs')}
      </Link>
    </div>
  )
}
