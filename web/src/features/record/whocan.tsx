import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWhoCan } from '@/api/beneath'
import { hasFailed } from '@/api/problem'
import { useMe } from '@/api/session'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Dialog } from '@/ui/dialog'
import { Ending } from '@/ui/ending'
import { Said } from '@/ui/said'

/** Who can see or edit a record, and by which rules; for who may know it. */
export function WhoCan({ kind, id, onClose }: { kind: string; id: string; onClose: () => void }) {
  const { t, pick, format } = useText()
  const [action, setAction] = useState<'read' | 'edit'>('read')
  const me = useMe()
  const list = useWhoCan(kind, id, action)
  const holders = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog
      wide
      title={t(action === 'read' ? 'record.whoTitle' : 'record.whoEdit')}
      onCancel={onClose}
      footer={
        <>
          {me.data?.can.includes('audit') && (
            <Link className="btn" to="/audit" search={{ kind, record: id }} onClick={onClose}>
              {t('record.whoSaw')}
            </Link>
          )}
          <button type="button" className="btn" onClick={onClose}>
            {t('app.close')}
          </button>
        </>
      }
    >
      <div className="segments" role="group" aria-label={t('record.whoSwitch')}>
        {(['read', 'edit'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={one === action} onClick={() => setAction(one)}>
            {t(`actions.${one}`)}
          </button>
        ))}
      </div>
      <p className="muted who-hint">{t('record.whoHint')}</p>
      {list.isPending && (
        <p role="status" className="muted">
          {t('app.loading')}
        </p>
      )}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && holders.length === 0 && !list.hasNextPage && <p className="muted">{t('record.whoNone')}</p>}
      <ul className="who">
        {holders.map((holder) => (
          <li key={holder.person.id}>
            <strong>{holder.person.name}</strong>
            <ul>
              {holder.reasons.map((reason, index) => (
                <li key={`${reason.rule} ${index}`}>
                  <Said text={pick(reason.sentence)} />
                  {reason.until && <span className="muted"> {t('why.until', { time: format.moment(reason.until) })}</span>}{' '}
                  <Ending until={reason.until} now={list.dataUpdatedAt} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="btn" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? t('app.loading') : t('record.whoMore')}
        </button>
      )}
    </Dialog>
  )
}
