import type { SignedIn } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'

const day = 24 * 3600_000

interface Props {
  sessions: SignedIn[]
  /** When the list was read, in milliseconds. */
  now: number
  busy?: string
  failure?: string
  onRevoke: (id: string) => void
}

export function SessionsView({ sessions, now, busy, failure, onRevoke }: Props) {
  const { t, format } = useText()
  if (sessions.length === 0) return <p className="muted">{t('account.noSessions')}</p>
  return (
    <>
      {failure && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {failure}
        </p>
      )}
      <ul className="sessions">
        {sessions.map((session) => {
          const device = session.device === 'desktop' ? t('account.desktop') : session.device === 'phone' ? t('account.phone') : t('account.unknownDevice')
          return (
            <li key={session.id}>
              <div className="device">
                <strong>{device}</strong> {session.current && <span className="tag stage">{t('account.current')}</span>}
                <p>
                  {[
                    session.address,
                    `${t('account.since')} ${format.moment(session.created_at)}`,
                    `${t('account.seen')} ${format.ago(session.last_seen_at, now)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              {/* Everybody signs in anew after two weeks: that is said a day ahead. */}
              <Ending until={session.until} now={now} within={day} />
              {!session.current && (
                <button
                  type="button"
                  className="btn"
                  disabled={busy === session.id}
                  aria-label={t('account.revokeOne', { device })}
                  onClick={() => onRevoke(session.id)}
                >
                  {t('account.revoke')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
