import { Link, useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useWaiting } from '@/api/requests'
import type { Kind, Me } from '@/api/types'
import { readCookie, writeCookie } from '@/lib/cookies'
import { useText } from '@/lib/usetext'
import { Icon, isIcon } from '@/ui/icons'
import { type Entry, entries } from './entries'

const groups = [
  { name: 'customers', kinds: ['customer', 'contact'] },
  { name: 'sales', kinds: ['opportunity', 'contract', 'payment', 'product'] },
  { name: 'service', kinds: ['ticket'] },
  { name: 'work', kinds: ['activity', 'task'] },
  { name: 'company', kinds: ['person'] },
  { name: 'policy', kinds: [] },
  { name: 'data', kinds: [] },
] as const

const grouped: readonly string[] = groups.flatMap((group) => group.kinds)

/** The pages that are there and that the person has a use for. */
export function useEntries(me: Me | undefined): Entry[] {
  const router = useRouter()
  const there: Record<string, unknown> = router.routesByPath
  if (!me) return []
  // Looking as somebody else one is shown lists, records and the organisation.
  return entries.filter((entry) => there[entry.path] !== undefined && (!entry.may || entry.may(me)) && (!me.viewer || entry.group === 'company'))
}

/** What one may read and do, in groups; a kind that came later stands under 'other'. */
export function Navigation({ me, kinds }: { me: Me | undefined; kinds: Kind[] }) {
  const { t } = useText()
  const names = me?.kinds ?? []
  const pages = useEntries(me)
  const may = (list: readonly string[]) =>
    list.flatMap((name) => (names.includes(name) ? (kinds.find((k) => k.name === name) ?? []) : []))
  const rest = may(names.filter((name) => !grouped.includes(name)))
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <ul>
        {pages.filter((page) => page.group === 'top').map((page) => (
          <PageLink key={page.path} page={page} />
        ))}
      </ul>
      {groups.map((group) => {
        const members = may(group.kinds)
        const own = pages.filter((page) => page.group === group.name)
        if (members.length + own.length === 0) return null
        return (
          <Group key={group.name} name={group.name} title={t(`nav.${group.name}`)} kinds={members}>
            {own.map((page) => (
              <PageLink key={page.path} page={page} />
            ))}
          </Group>
        )
      })}
      {rest.length > 0 && <Group name="other" title={t('nav.other')} kinds={rest} />}
    </nav>
  )
}

/** Whether other pages lie below it that have a link of their own. */
const isAbove = (path: string) => path === '/' || entries.some((other) => other.path.startsWith(`${path}/`))

function PageLink({ page }: { page: Entry }) {
  const { t } = useText()
  return (
    <li>
      {/* The table of pages is wider than the routes; what has no route is left out before. */}
      <Link to={page.path as '/'} activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false, exact: isAbove(page.path) }}>
        <Icon name={page.icon} />
        {t(`nav.${page.name}`)}
        {page.name === 'requests' && <Waiting />}
      </Link>
    </li>
  )
}

/** How many requests wait for one's decision. */
function Waiting() {
  const { t } = useText()
  const waiting = useWaiting(true).data ?? 0
  if (waiting === 0) return null
  return (
    <span className="nav-count">
      {waiting > 99 ? '99+' : waiting}
      <span className="sr-only"> {t('nav.waiting')}</span>
    </span>
  )
}

const cookie = 'guan_nav'
const closedGroups = () => new Set((readCookie(cookie) ?? '').split('.').filter(Boolean))

function Group({ name, title, kinds, children }: { name: string; title: string; kinds: Kind[]; children?: ReactNode }) {
  const { pick } = useText()
  const [open, setOpen] = useState(() => !closedGroups().has(name))
  const toggle = () => {
    const closed = closedGroups()
    if (open) closed.add(name)
    else closed.delete(name)
    writeCookie(cookie, [...closed].join('.'))
    setOpen(!open)
  }
  return (
    <section>
      <h2>
        <button type="button" className="nav-group" aria-expanded={open} onClick={toggle}>
          {title}
          <Icon name={open ? 'down' : 'right'} />
        </button>
      </h2>
      {open && (
        <ul>
          {kinds.map((kind) => (
            <li key={kind.name}>
              <Link
                to="/records/$kind"
                params={{ kind: kind.name }}
                activeProps={{ 'aria-current': 'page' }}
                activeOptions={{ includeSearch: false }}
              >
                <Icon name={isIcon(kind.name) ? kind.name : 'other'} />
                {pick(kind.plural ?? kind.label)}
              </Link>
            </li>
          ))}
          {children}
        </ul>
      )}
    </section>
  )
}
