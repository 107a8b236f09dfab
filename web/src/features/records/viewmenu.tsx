import type { UseQueryResult } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { hasFailed } from '@/api/problem'
import type { Kind } from '@/api/types'
import type { SavedView } from '@/api/views'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { BoneRows } from '@/ui/states'
import { type ListSearch, sameView } from './search'

const ViewList = lazy(() => withTexts(['lists'], import('./viewlist')))

interface Props {
  kind: Kind
  search: ListSearch
  views: Pick<UseQueryResult<SavedView[]>, 'data' | 'error' | 'refetch'>
  onSearch: (search: ListSearch) => void
}

/** Which view the list shows, and the way to the others. */
export function ViewMenu({ kind, search, views, onSearch }: Props) {
  const { t } = useText()
  const now = views.data?.find((view) => view.id === search.v)
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
          {views.data ? (
            <ViewList kind={kind} search={search} views={views.data} now={now} changed={changed} onSearch={onSearch} onClose={close} />
          ) : hasFailed(views) ? (
            <Failure error={views.error} onRetry={() => void views.refetch()} />
          ) : (
            <BoneRows rows={3} />
          )}
        </Suspense>
      )}
    </Popover>
  )
}
