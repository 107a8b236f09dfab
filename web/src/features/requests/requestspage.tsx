import type { RequestScope } from '@/api/requests'
import { useRequests, useWaiting } from '@/api/requests'
import { hasFailed } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { RequestDetail } from './requestdetail'
import { RequestList } from './requestlist'
import type { RequestSearch } from './search'
import './requests.css'

interface Props {
  search: RequestSearch
  /** Whether one may see everybody's. */
  oversees: boolean
  onSearch: (search: RequestSearch) => void
}

/** What waits for one's decision and what one asked for; on a phone one thing at a time. */
export default function RequestsPage({ search, oversees, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('requests.title'))
  const waiting = useWaiting(true)
  // Whoever has nothing to decide comes to see what became of their own.
  const scope: RequestScope = search.scope ?? (waiting.data === 0 ? 'mine' : 'waiting')
  const scopes: RequestScope[] = oversees ? ['waiting', 'mine', 'decided', 'all'] : ['waiting', 'mine', 'decided']
  return (
    <div className={search.id ? 'requests open' : 'requests'}>
      <section className="requests-side" aria-label={t('requests.title')}>
        <header>
          <h1>{t('requests.title')}</h1>
          <div className="segments" role="group" aria-label={t('requests.which')}>
            {scopes.map((one) => (
              <button key={one} type="button" aria-pressed={scope === one} onClick={() => onSearch({ scope: one })}>
                {t(`requests.scopes.${one}`)}
                {one === 'waiting' && (waiting.data ?? 0) > 0 && <span className="requests-count">{waiting.data}</span>}
              </button>
            ))}
          </div>
        </header>
        {search.scope === undefined && waiting.isPending ? (
          <BoneRows rows={4} />
        ) : (
          <Scope key={scope} scope={scope} open={search.id} onOpen={(id) => onSearch({ scope, id })} />
        )}
      </section>
      <section className="requests-main" aria-label={t('requests.one')}>
        {search.id ? (
          <RequestDetail key={search.id} id={search.id} onBack={() => onSearch({ scope })} />
        ) : (
          <p className="requests-none muted">{t('requests.choose')}</p>
        )}
      </section>
    </div>
  )
}

function Scope({ scope, open, onOpen }: { scope: RequestScope; open?: string; onOpen: (id: string) => void }) {
  const { t } = useText()
  const list = useRequests(scope)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <BoneRows rows={4} />
  if (hasFailed(list)) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (items.length === 0) return <State icon="empty" title={t(`requests.none.${scope}`)} text={t(`requests.noneText.${scope}`)} />
  return (
    <>
      <RequestList items={items} now={list.dataUpdatedAt} open={open} onOpen={onOpen} />
      {list.hasNextPage && (
        <button type="button" className="btn requests-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('requests.older')}
        </button>
      )}
    </>
  )
}
