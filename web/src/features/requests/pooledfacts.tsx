import type { AskedPool, AskedPooled } from '@/api/askedpool'
import type { PooledRow } from '@/api/pools'
import { codeError } from '@/api/problem'
import type { Asked } from '@/api/requests'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { WhyGroup } from '@/ui/whygroup'
import { MassRecords } from './massrecords'

/** Many records of the pools: which, as far as the reader sees them, what was left out, and what came of it. */
export function PooledFacts({ request: r, pool, many }: { request: Asked; pool: AskedPool; many: AskedPooled }) {
  const { t, format } = useText()
  const came = many.came
  // Below the title of the request, which is the page's on a phone.
  const Title = usePhone() ? 'h2' : 'h3'
  return (
    <>
      <section className="request-records" aria-labelledby="request-records">
        <Title id="request-records">{t('requests.many.records', { count: many.count, n: format.number(many.count) })}</Title>
        {r.state === 'pending' && <p className="muted">{t('requests.pooled.unseen')}</p>}
        <MassRecords request={r} mass={many} />
      </section>
      <Left rows={many.left ?? []} title={(n) => t('requests.pooled.out', { n })} />
      {came && (
        <section className="request-records">
          <p className={came.left.length > 0 ? 'note' : 'note good'}>
            <Icon name={came.left.length > 0 ? 'info' : 'check'} />
            {t(`requests.pooled.came.${pool.action}`, { n: format.number(came.done) })}
            {came.left.length > 0 && ` ${t('requests.pooled.left', { n: format.number(came.left.length) })}`}
          </p>
          <Left rows={came.left} title={(n) => t('requests.pooled.not', { n })} />
        </section>
      )}
    </>
  )
}

/** Those that it was not done with, by why not. */
function Left({ rows, title }: { rows: PooledRow[]; title: (n: string) => string }) {
  const { t, format } = useText()
  const problemText = useProblemText()
  const why = (row: PooledRow) => {
    if (row.code === 'record' || row.code === 'request_unseen' || row.code === 'request_has') return t(`requests.pooled.why.${row.code}`)
    return problemText(codeError(row))
  }
  const groups = new Map<string, string[]>()
  for (const row of rows) groups.set(why(row), [...(groups.get(why(row)) ?? []), row.title || `#${row.id}`])
  return [...groups].map(([reason, titles]) => (
    <WhyGroup
      key={reason}
      titles={titles}
      why={
        <>
          <strong>{title(format.number(titles.length))}</strong> {reason}
        </>
      }
    />
  ))
}
