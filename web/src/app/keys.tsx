import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Kind, Me } from '@/api/types'
import { type Shortcut, useShortcuts } from '@/lib/shortcuts'
import { useText } from '@/lib/usetext'
import { mayCreate } from '@/permission/access'
import { kindKeys } from './entries'
import { useEntries } from './navigation'
import type { Over } from './over'

interface Props {
  me: Me
  kinds: Kind[]
  onOver: (over: Over) => void
}

/** The keys that every page has. A page's own come with it and go before these. */
export function Keys({ me, kinds, onOver }: Props) {
  const { t, pick } = useText()
  const navigate = useNavigate()
  const pages = useEntries(me)
  const names = pages.map((page) => page.path).join()
  const on = useRouterState({ select: (state) => /^\/records\/([^/]+)(?:\/([^/]+))?$/.exec(state.location.pathname) })
  const kind = on?.[1]
  const id = on?.[2] === 'new' ? undefined : on?.[2]

  const go = useMemo<Shortcut[]>(
    () => [
      { keys: 'mod+k', label: t('keys.palette'), group: 'app', everywhere: true, run: () => onOver('palette') },
      { keys: '?', label: t('keys.sheet'), group: 'app', run: () => onOver('keys') },
      ...pages.flatMap((page) =>
        page.key
          ? { keys: `g ${page.key}`, label: t(`nav.${page.name}`), group: 'go' as const, run: () => void navigate({ to: page.path as '/' }) }
          : [],
      ),
      ...kinds.flatMap((k) =>
        kindKeys[k.name] && me.kinds.includes(k.name)
          ? {
              keys: `g ${kindKeys[k.name]}`,
              label: pick(k.plural ?? k.label),
              group: 'go' as const,
              run: () => void navigate({ to: '/records/$kind', params: { kind: k.name } }),
            }
          : [],
      ),
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- pages is made anew each time; its names say when it changed
    [t, pick, navigate, names, kinds, me, onOver],
  )
  useShortcuts(go)

  const here = useMemo<Shortcut[]>(() => {
    if (!kind) return []
    const list: Shortcut[] = []
    if (kinds.some((k) => k.name === kind && mayCreate(k)) && !me.viewer) {
      list.push({ keys: 'n', label: t('keys.create'), group: 'page', run: () => void navigate({ to: '/records/$kind/new', params: { kind } }) })
    }
    if (id) {
      list.push({ keys: 'e', label: t('keys.edit'), group: 'page', run: () => press('a[href$="/edit"]') })
      list.push({ keys: 'u', label: t('keys.list'), group: 'page', run: () => void navigate({ to: '/records/$kind', params: { kind } }) })
    } else {
      list.push({ keys: '/', label: t('keys.search'), group: 'list', run: () => focus('main input[type=search]') })
      list.push({ keys: 'j', label: t('keys.next'), group: 'list', run: () => step(1) })
      list.push({ keys: 'k', label: t('keys.before'), group: 'list', run: () => step(-1) })
    }
    return list
  }, [kind, id, kinds, me, navigate, t])
  useShortcuts(here)
  return null
}

const press = (selector: string) => document.querySelector<HTMLElement>(`main ${selector}`)?.click()
const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()

/** Moves to the title of the next or the last row; Enter opens it. */
function step(by: 1 | -1) {
  const titles = [...document.querySelectorAll<HTMLElement>('main .grid-row a[href^="/records/"], main .record-card a[href^="/records/"]')].filter(
    (link, i, all) => all.findIndex((other) => other.closest('.grid-row, .record-card') === link.closest('.grid-row, .record-card')) === i,
  )
  const at = titles.findIndex((link) => link === document.activeElement)
  const next = titles[at < 0 ? (by > 0 ? 0 : titles.length - 1) : at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
