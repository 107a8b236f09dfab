import { lazy, Suspense } from 'react'
import type { Kind } from '@/api/types'
import type { SavedView } from '@/api/views'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { type ListSearch, sameView } from './search'

const ViewList = lazy(() => withTexts(['lists'], import('./viewlist')))

interface Props {
  kind: Kind
  search: ListSearch
  views: SavedView[] | undefined
  onSearch: (search: ListSearch) => void
}

/** Which view the list shows, and the way to the others. */
export function ViewMenu({ kind, search, views, onSearch }: Props) {
  const { t } = useText()
  const now = views?.find((view) => view.id === search.v)
  const changed = now !== undefined && !now.closed && !sameView(now.search, search)
  const name = now?.name ?? t('list.allRecords')
  return (
    <Popover
      wide
      label={t('list.views')}
      trigger={(props) => (
        <button type="button" className="quiet view-button" aria-label={t('list.viewNow', { name })} {...props}>
          <span className="view-name">{name}</span>
          {changed && <span className="view-dot" title={t('list.viewChanged')} />}
          <Icon name="down" />
        </button>
      )}
    >
      {(close) => (
        <Suspense fallback={<span className="bone" />}>
          <ViewList kind={kind} search={search} views={views ?? []} now={now} changed={changed} onSearch={onSearch} onClose={close} />
        </Suspense>
      )}
    </Popover>
  )
}
