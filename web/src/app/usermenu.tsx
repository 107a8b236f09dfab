import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { signOut } from '@/api/session'
import type { Me } from '@/api/types'
import { lookAsOneself } from '@/api/viewas'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { LanguageButtons, ThemeButtons } from '@/ui/preferences'
import { mayView } from './mayview'
import type { Over } from './over'

export function UserMenu({ me, onOver }: { me: Me; onOver: (over: Over) => void }) {
  const { t, pick } = useText()
  const navigate = useNavigate()
  const [now] = useState(() => Date.now())
  const posts = me.appointments.map(
    (a) => `${a.unit.name} · ${pick(a.position.label)}${a.head ? ` · ${t('user.head')}` : ''}`,
  )
  const over = (close: () => void, what: Over) => {
    close()
    onOver(what)
  }
  const leaveView = async (close: () => void) => {
    close()
    await lookAsOneself()
    await navigate({ to: '/' })
  }
  const leave = async () => {
    await signOut().catch(() => undefined)
    await navigate({ to: '/sign-in', search: { back: undefined, expired: undefined } })
  }
  return (
    <Popover
      label={t('user.label')}
      trigger={(props) => (
        <button type="button" className="user" {...props}>
          <span className="avatar" aria-hidden="true">
            {Array.from(me.person.name)[0]}
          </span>
          <span className="user-text">
            <span className="user-name">{me.person.name}</span>
            <span className="user-post">{posts[0] ?? t('user.noAppointment')}</span>
          </span>
          <Icon name="more" />
        </button>
      )}
    >
      {(close) => (
        <div className="menu">
          <div className="menu-head">
            <strong>{me.person.name}</strong> <span className="muted">{me.person.login}</span>
            {posts.map((post, i) => (
              <div key={post} className="muted">
                {post} <Ending until={me.appointments[i]?.until} now={now} />
              </div>
            ))}
          </div>
          <Link to="/account" className="menu-item" onClick={close}>
            <Icon name="user" />
            {t('user.account')}
          </Link>
          <button type="button" className="menu-item" onClick={() => over(close, 'keys')}>
            <Icon name="keyboard" />
            {t('user.keys')}
          </button>
          {mayView(me) && (
            <button type="button" className="menu-item" onClick={() => over(close, 'view')}>
              <Icon name="eye" />
              {t('user.viewAs')}
            </button>
          )}
          <div className="menu-title">{t('user.language')}</div>
          <div className="menu-pad">
            <LanguageButtons />
          </div>
          <div className="menu-title">{t('user.theme')}</div>
          <div className="menu-pad">
            <ThemeButtons />
          </div>
          <div className="menu-line" />
          {me.viewer ? (
            <button type="button" className="menu-item" onClick={() => void leaveView(close)}>
              <Icon name="out" />
              {t('user.leaveView')}
            </button>
          ) : (
            <button type="button" className="menu-item" onClick={() => void leave()}>
              <Icon name="out" />
              {t('user.signOut')}
            </button>
          )}
        </div>
      )}
    </Popover>
  )
}
