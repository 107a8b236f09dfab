import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { hasFailed } from '@/api/problem'
import { type Notice, useMarkRead, useNotices } from '@/api/shell'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { noticeText } from './noticetext'
import './notices.css'

/** What one is told: a panel at the side, the whole screen on a phone. */
export default function Notices({ kinds, onClose }: { kinds: Kind[]; onClose: () => void }) {
  const { t, format } = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  const [unread, setUnread] = useState(false)
  const [now] = useState(() => Date.now())
  const list = useNotices(unread)
  const mark = useMarkRead()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const some = (list.data?.pages[0]?.unread ?? 0) > 0
  const took = (notice: Notice) => {
    if (!notice.read) mark.mutate({ ids: [notice.id] })
    onClose()
  }
  return (
    <dialog
      ref={dialog}
      className="notices"
      aria-labelledby="notices-title"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="notices-head">
        <h2 id="notices-title">{t('nav.notices')}</h2>
        <button type="button" className="quiet icon-only" aria-label={t('app.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="notices-tools">
        <div className="segments" role="group" aria-label={t('nav.notices')}>
          <button type="button" aria-pressed={!unread} onClick={() => setUnread(false)}>
            {t('shell.notices.all')}
          </button>
          <button type="button" aria-pressed={unread} onClick={() => setUnread(true)}>
            {t('shell.notices.unread')}
          </button>
        </div>
        <button type="button" className="btn" disabled={!some || mark.isPending} onClick={() => mark.mutate({ all: true })}>
          {t('shell.notices.readAll')}
        </button>
      </div>
      <div className="notices-list">
        {list.isPending && <BoneRows rows={6} />}
        {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && items.length === 0 && (
          <State icon="bell" title={t(unread ? 'shell.notices.noneUnread' : 'shell.notices.none')} text={unread ? undefined : t('shell.notices.noneText')} />
        )}
        <ul>
          {items.map((notice) => (
            <li key={notice.id} className={notice.read ? 'notice' : 'notice new'}>
              <NoticeLink notice={notice} onTake={() => took(notice)}>
                <span className="notice-text">{noticeText(t, notice, kinds)}</span>
                <time dateTime={notice.at}>{format.ago(notice.at, now)}</time>
                {!notice.read && <span className="sr-only">{t('shell.notices.new')}</span>}
              </NoticeLink>
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <button type="button" className="btn notices-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('shell.notices.more')}
          </button>
        )}
      </div>
    </dialog>
  )
}

/** Where the work of a job is seen. */
const places: Record<string, string> = { import: '/data/imports', export: '/data/exports', audit: '/audit' }

function NoticeLink({ notice, onTake, children }: { notice: Notice; onTake: () => void; children: ReactNode }) {
  if ((notice.what === 'device_asked' || notice.what === 'frozen') && notice.record) {
    return (
      <Link to="/org" search={{ person: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.kind && notice.record) {
    return (
      <Link to="/records/$kind/$id" params={{ kind: notice.kind, id: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what === 'grant') {
    return (
      <Link to="/grants" search={{ of: 'received' }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what.startsWith('sandbox') && notice.record) {
    return (
      <Link to="/sandboxes/$id" params={{ id: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what.startsWith('request') && notice.record) {
    return (
      <Link to="/requests" search={{ scope: notice.what === 'request_done' ? 'mine' : 'waiting', id: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (['device', 'device_admitted', 'device_blocked', 'factor_reset', 'thawed'].includes(notice.what)) {
    return (
      <Link to="/account" onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what === 'audit_retention') {
    return (
      <Link to="/audit" onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what === 'alert' || notice.what === 'watch_changed' || notice.what === 'stream_stopped') {
    return (
      <Link to="/alerts" search={notice.what === 'alert' ? { id: notice.record } : { tab: notice.what === 'stream_stopped' ? 'stream' : 'detectors' }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what === 'report' && notice.record) {
    return (
      <Link to="/reports/$id" params={{ id: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  if (notice.what.startsWith('emergency')) {
    return (
      <Link to="/emergencies" search={notice.what === 'emergency_missed' ? { tab: 'people' } : { id: notice.record }} onClick={onTake}>
        {children}
      </Link>
    )
  }
  const at = notice.what.startsWith('job_') ? places[String(notice.detail.type)] ?? '/data/exports' : undefined
  return at ? (
    <Link to={at as '/'} onClick={onTake}>
      {children}
    </Link>
  ) : (
    <button type="button" onClick={onTake}>
      {children}
    </button>
  )
}
