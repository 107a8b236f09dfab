import type { Field, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import type { ListSearch } from './search'

interface Props {
  kind: Kind
  columns: Field[]
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

export function ColumnChooser({ kind, columns, search, onSearch }: Props) {
  const { t, pick } = useText()
  const shown = columns.map((c) => c.name)
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((n) => n !== name) : [...shown, name]
    onSearch({ ...search, cols: next.join(',') })
  }
  return (
    <Popover
      label={t('list.chooseColumns')}
      trigger={(props) => (
        <button type="button" className={search.cols ? 'quiet on' : 'quiet'} aria-label={t('list.columns')} {...props}>
          <Icon name="columns" />
          <span className="tool-word">{t('list.columns')}</span>
        </button>
      )}
    >
      <fieldset className="chooser">
        <legend>{t('list.chooseColumns')}</legend>
        <div className="chooser-list">
          {kind.fields
            .filter((field) => field.name !== 'id' && field.level !== 'hidden')
            .map((field) => (
              <label key={field.name}>
                <input
                  type="checkbox"
                  checked={shown.includes(field.name)}
                  disabled={field.name === kind.title}
                  onChange={() => toggle(field.name)}
                />
                {pick(field.label)}
                {field.level === 'masked' && <Icon name="lock" />}
              </label>
            ))}
        </div>
        <button
          type="button"
          className="quiet"
          disabled={!search.cols}
          onClick={() => onSearch({ ...search, cols: undefined })}
        >
          {t('list.resetColumns')}
        </button>
      </fieldset>
    </Popover>
  )
}
