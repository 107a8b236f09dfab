import { useAuditEntries } from '@/api/auditlog'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { AuditEntry } from './auditentry'
import { AuditSearchForm } from './auditsearchform'
import { type AuditSearch, windowOf } from './search'
import '@/ui/logtable.css'

interface Props {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}

/** Who saw or changed this customer, what did this person do, everything on this export. */
export function AuditEntries({ search, onSearch }: Props) {
  const { t, format } = useText()
  const { person, kind, record, export: file, group } = search
  const list = useAuditEntries({ person, kind, record, export: file, group, ...windowOf(search) })
  const archived = list.data?.pages.at(-1)?.archived
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="audit-entries" aria-labelledby="audit-entries">
      <h2 id="audit-entries">{t('audit.find')}</h2>
      <AuditSearchForm search={search} onSearch={onSearch} />
      {list.isPending && <BoneRows rows={6} />}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && !list.hasNextPage && <State icon="search" title={t('audit.nothing')} text={t('audit.nothingText')} />}
      {items.length > 0 && (
        <div className="log-table audit-table" role="region" aria-label={t('audit.list')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(['when', 'who', 'what', 'why', 'whence'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <AuditEntry key={item.seq} item={item} search={search} onSearch={onSearch} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {archived && (
        <p className="note" role="note">
          <Icon name="clock" />
          {t('audit.kept.search', { from: format.moment(archived.from), until: format.moment(archived.until) })}
        </p>
      )}
      {list.hasNextPage && (
        <button type="button" className="btn audit-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('audit.older')}
        </button>
      )}
    </section>
  )
}
