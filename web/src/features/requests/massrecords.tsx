import { Link } from '@tanstack/react-router'
import type { AskedPooled } from '@/api/askedpool'
import { type Asked, useAskedRecords } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** The records of a request for many that the reader sees: the first of them, and the rest part by part. */
export function MassRecords({ request: r, mass }: { request: Asked; mass: Pick<AskedPooled, 'count' | 'sample'> }) {
  const { t, format } = useText()
  const problemText = useProblemText()
  const more = useAskedRecords(r.id, mass.sample.at(-1)?.id)
  const shown = [...mass.sample, ...(more.data?.pages.flatMap((page) => page.items) ?? [])]
  const ended = more.data !== undefined && !more.hasNextPage
  const left = mass.count - shown.length
  return (
    <>
      {shown.length > 0 && (
        <ul tabIndex={0} aria-labelledby="request-records">
          {shown.map((one) => (
            <li key={one.id}>
              <Link to="/records/$kind/$id" params={{ kind: r.kind, id: one.id }}>
                {one.title || `#${one.id}`}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {left > 0 && !ended && (
        <p className="request-more">
          <span className="muted">{t('requests.many.more', { n: format.number(left) })}</span>
          <button type="button" className="btn" disabled={more.isFetching} onClick={() => void (more.data ? more.fetchNextPage() : more.refetch())}>
            {t('requests.many.show')}
          </button>
        </p>
      )}
      {more.error && <p role="alert">{problemText(more.error)}</p>}
    </>
  )
}
