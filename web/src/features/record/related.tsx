import { Link } from '@tanstack/react-router'
import { hasFailed, problemOf } from '@/api/problem'
import { useShortList } from '@/api/records'
import type { Item, Kind, Relation, Total } from '@/api/types'
import { viewedPerson } from '@/api/viewas'
import { quote } from '@/lib/conditions'
import { useText } from '@/lib/usetext'
import { FieldValue } from '@/fields/value'
import { Still } from '@/ui/states'

const few = 5

/** The records that point at this one, kind by kind, as far as their reader may list them. */
export function Related({ kind, kinds, id }: { kind: Kind; kinds: Kind[]; id: string }) {
  const { t } = useText()
  const viewed = viewedPerson() !== undefined
  const shown = kind.relations.flatMap((relation) => {
    const other = relation.many ? kinds.find((k) => k.name === relation.kind) : undefined
    return other ? [{ relation, other }] : []
  })
  if (shown.length === 0) return null
  return (
    <aside className="record-related" aria-label={t('record.related')}>
      {viewed && <p className="muted">{t('record.relatedViewed')}</p>}
      {shown.map(({ relation, other }) => (
        <RelatedList key={relation.name} relation={relation} kind={other} id={id} />
      ))}
    </aside>
  )
}

function RelatedList({ relation, kind, id }: { relation: Relation; kind: Kind; id: string }) {
  const { pick } = useText()
  const list = useShortList(kind.name, {
    filter: `r.${relation.field} == ${quote(id)}`,
    limit: few,
    count: 'capped',
  })
  // Which records point here would tell values that who looks may not read: said once, above all lists.
  if (list.error && problemOf(list.error).code === 'view_as') return null
  return (
    <RelatedView
      title={pick(relation.label)}
      relation={relation}
      kind={kind}
      id={id}
      items={list.data?.items}
      total={list.data?.total}
      failed={hasFailed(list) ? problemOf(list.error).kind : undefined}
      onRetry={() => void list.refetch()}
    />
  )
}

interface ViewProps {
  title: string
  relation: Relation
  kind: Kind
  id: string
  items?: Item[]
  total?: Total
  failed?: string
  onRetry: () => void
}

export function RelatedView({ title, relation, kind, id, items, total, failed, onRetry }: ViewProps) {
  const { t, format } = useText()
  const details = kind.columns
    .flatMap((name) => kind.fields.find((f) => f.name === name) ?? [])
    .filter((f) => f.name !== kind.title && f.name !== relation.field && f.name !== 'updated_at' && f.name !== 'currency')
    .slice(0, 3)
  return (
    <section className={items?.length === 0 ? 'card related none' : 'card related'}>
      <h2>
        {title}
        {total && total.count > 0 && (
          <span className="related-count num">
            {total.capped ? t('record.overCount', { n: format.number(total.count) }) : format.number(total.count)}
          </span>
        )}
        {items && items.length > 0 && (
          <Link to="/records/$kind" params={{ kind: kind.name }} search={{ f: [[relation.field, 'eq', id]] }}>
            {t('record.relatedAll')}
            <span className="sr-only"> {title}</span>
          </Link>
        )}
      </h2>
      {failed && (
        <p className="related-none">
          {t('record.relatedFailed', { kind: title })}
          <button type="button" className="quiet" onClick={onRetry}>
            {t('app.retry')}
          </button>
        </p>
      )}
      {!failed && !items && (
        <div role="status" aria-label={t('app.loading')} className="related-none">
          <span className="bone" />
          <Still />
        </div>
      )}
      {!failed && items?.length === 0 && <p className="related-none">{t('record.relatedNone', { kind: title })}</p>}
      {items && items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <Link to="/records/$kind/$id" params={{ kind: kind.name, id: item.id }} className="row-link" title={item.title}>
                {item.title || t('list.untitled')}
              </Link>
              <span className="related-more">
                {details.map((field) => (
                  <FieldValue key={field.name} kind={kind} item={item} field={field} short />
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
