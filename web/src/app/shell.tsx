import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, type MouseEvent, Suspense, useEffect, useState } from 'react'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import { useUnread } from '@/api/shell'
import { viewedPerson } from '@/api/viewas'
import { usePhone } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { keyNames } from '@/lib/shortcuts'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Logo } from '@/ui/logo'
import { toast } from '@/ui/toast'
import { Held } from '@/permission/held'
import { UndoKey } from '@/ui/undo'
import { LostBanner, ProofBanner, UnfreshBanner, ViewBanner } from './banners'
import { Boundary } from './boundary'
import { Keys } from './keys'
import { Navigation } from './navigation'
import type { Over } from './over'
import { keepOffline } from './offline'
import { watchSession } from './watch'
import { Tabs } from './tabs'
import { UserMenu } from './usermenu'
import { Watermark } from './watermark'
import { Working } from './working'
import './shell.css'

const Palette = lazy(() => withTexts(['shell'], import('./palette')))
const Sheet = lazy(() => withTexts(['shell'], import('./keysheet')))
const Notices = lazy(() => withTexts(['shell'], import('./notices')))
const Picker = lazy(() => withTexts(['shell'], import('./viewpicker')))

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { t } = useText()
  const me = useMe()
  const kinds = useKinds()
  const phone = usePhone()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [open, setOpen] = useState(false)
  const [over, setOver] = useState<Over>()
  const [seen, setSeen] = useState(path)
  const unread = useUnread(me.data !== undefined && viewedPerson() === undefined).data ?? 0
  if (seen !== path) {
    setSeen(path)
    setOpen(false)
    setOver(undefined)
  }
  useEffect(keepOffline, [])
  useEffect(watchSession, [])
  useEffect(() => {
    if (!open) return
    const press = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [open])

  const close = () => setOver(undefined)
  // Looking as somebody else one sees their buttons; what they lead to is not for oneself.
  const stayReading = (event: MouseEvent) => {
    if (!(event.target as Element).closest('a[href$="/new"], a[href$="/edit"]')) return
    event.preventDefault()
    event.stopPropagation()
    toast(t('problem.codes.view_as'), { bad: true })
  }
  const company = me.data?.tenant.name || t('app.name')
  const tools = me.data && (
    <>
      <button type="button" className="search-button" aria-haspopup="dialog" aria-label={t('nav.search')} onClick={() => setOver('palette')}>
        <Icon name="search" />
        <span className="search-word">{t('nav.search')}</span>
        <kbd aria-hidden="true">{keyNames('mod+k').join(' ')}</kbd>
      </button>
      {!me.data.viewer && (
        <button
          type="button"
          className="quiet icon-only bell"
          aria-haspopup="dialog"
          aria-label={unread > 0 ? `${t('nav.notices')} (${unread})` : t('nav.notices')}
          onClick={() => setOver('notices')}
        >
          <Icon name="bell" />
          {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
        </button>
      )}
    </>
  )
  return (
    <div className={open ? 'shell nav-open' : 'shell'}>
      <a className="skip-link" href="#main">
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
        <span className="bar-name">{company}</span>
        {tools}
      </header>
      <aside className="side" id="nav" aria-label={t('app.menu')}>
        <div className="side-top">
          <Logo />
          <span className="side-name" title={company}>
            {company}
          </span>
        </div>
        <div className="side-tools">{tools}</div>
        <Navigation me={me.data} kinds={kinds.data ?? []} />
        {me.data && <UserMenu me={me.data} onOver={setOver} />}
      </aside>
      <button
        type="button"
        className="shade"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={t('app.close')}
        onClick={() => setOpen(false)}
      />
      <div className="page">
        {me.data && <ViewBanner me={me.data} />}
        <LostBanner />
        <UnfreshBanner />
        <ProofBanner kinds={kinds.data ?? []} path={path} viewed={Boolean(me.data?.viewer)} />
        <main id="main" tabIndex={-1} onClickCapture={me.data?.viewer && stayReading}>
          <Boundary key={me.data?.viewer ? `${me.data.person.id} ${path}` : path}>
            <Outlet />
          </Boundary>
        </main>
        {phone && me.data && (
          <Tabs
            me={me.data}
            kinds={kinds.data ?? []}
            unread={unread}
            more={open}
            onNotices={() => setOver('notices')}
            onMore={() => setOpen(!open)}
          />
        )}
      </div>
      {me.data && <Keys me={me.data} kinds={kinds.data ?? []} onOver={setOver} />}
      {me.data?.watermark && <Watermark mark={me.data.watermark} />}
      <UndoKey />
      <Working />
      <Held />
      <Suspense fallback={null}>
        {over === 'palette' && me.data && <Palette me={me.data} kinds={kinds.data ?? []} onOver={setOver} onClose={close} />}
        {over === 'keys' && <Sheet onClose={close} />}
        {over === 'notices' && <Notices kinds={kinds.data ?? []} onClose={close} />}
        {over === 'view' && <Picker onClose={close} />}
      </Suspense>
    </div>
  )
}
