import type { Field } from '@/api/types'
import { useText } from '@/lib/usetext'

interface Props {
  columns: Field[]
  sort?: string
  onSort: (sort: string | undefined) => void
}

/** The order of a list of cards, which have no heads to press. */
export function SortSelect({ columns, sort, onSort }: Props) {
  const { t, pick } = useText()
  return (
    <select
      className="input sort-select"
      aria-label={t('list.sort')}
      value={sort ?? ''}
      onChange={(event) => onSort(event.target.value || undefined)}
    >
      <option value="">{t('list.sortDefault')}</option>
      {columns
        .filter((field) => field.sort)
        .flatMap((field) => [
          <option key={field.name} value={field.name}>
            {t('list.sortAsc', { field: pick(field.label) })}
          </option>,
          <option key={`-${field.name}`} value={`-${field.name}`}>
            {t('list.sortDesc', { field: pick(field.label) })}
          </option>,
        ])}
    </select>
  )
}
