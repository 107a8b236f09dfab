import { lazy, Suspense } from 'react'
import type { Field, Kind } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import type { ListSearch } from './search'

const ColumnList = lazy(() => withTexts(['lists'], import('./columnlist')))

interface Props {
  kind: Kind
  columns: Field[]
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

export function ColumnChooser(props: Props) {
  const { t } = useText()
  return (
    <Popover
      label={t('list.chooseColumns')}
      trigger={(trigger) => (
        <button type="button" className={props.search.cols ? 'quiet on' : 'quiet'} aria-label={t('list.columns')} {...trigger}>
          <Icon name="columns" />
          <span className="tool-word">{t('list.columns')}</span>
        </button>
      )}
    >
      <Suspense fallback={<span className="bone" />}>
        <ColumnList {...props} />
      </Suspense>
    </Popover>
  )
}
