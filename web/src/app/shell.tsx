import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Logo } from '@/ui/logo'
import { Boundary } from './boundary'
import { Navigation } from './navigation'
import { UserMenu } from './usermenu'
import './shell.css'

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { t } = useText()
  const me = useMe()
  const kinds = useKinds()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState(path)
  if (seen !== path) {
    setSeen(path)
    setOpen(false)
  }

  useEffect(() => {
    if (!open) return
    const press = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [open])

  return (
    <div className={open ? 'shell nav-open' : 'shell'}>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="bar">
        <button
          type="button"
          className="quiet icon-only"
          aria-label={t('app.menu')}
          aria-expanded={open}
          aria-controls="nav"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
        </button>
        <span className="bar-name">{me.data?.tenant.name}</span>
      </header>
      <aside className="side" id="nav" aria-label={t('app.menu')}>
        <div className="side-top">
          <Logo />
          <span className="side-name" title={me.data?.tenant.name}>
            {me.data?.tenant.name || t('app.name')}
          </span>
        </div>
        <Navigation names={me.data?.kinds ?? []} kinds={kinds.data ?? []} />
        {me.data && <UserMenu me={me.data} />}
      </aside>
      <button
        type="button"
        className="shade"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={t('app.close')}
        onClick={() => setOpen(false)}
      />
      <main id="main" tabIndex={-1}>
        <Boundary key={path}>
          <Outlet />
        </Boundary>
      </main>
    </div>
  )
}
