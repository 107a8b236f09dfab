import type { Kind, Me } from '@/api/types'
import { setLanguage } from '@/lib/i18n'
import { readings } from '@/lib/lang/pinyin.gen'
import { setTheme, themes } from '@/lib/theme'
import type { useText } from '@/lib/usetext'
import type { IconName } from '@/ui/icons'
import { isIcon } from '@/ui/icons'
import { mayCreate } from '@/permission/access'
import type { Entry } from './entries'
import { mayView } from './mayview'
import type { Over } from './over'

// What the palette can do beside finding records.

export interface Command {
  id: string
  label: string
  /** In the other language, so that both find it. */
  also: string
  icon: IconName
  run: () => void
}

interface Ways {
  me: Me
  kinds: Kind[]
  pages: Entry[]
  text: ReturnType<typeof useText>
  go: (path: string) => void
  onOver: (over: Over) => void
  leave: () => void
}

export function commandsOf({ me, kinds, pages, text: { t, pick, lang }, go, onOver, leave }: Ways): Command[] {
  const other = (label: { zh: string; en: string }) => (lang.startsWith('zh') ? label.en : label.zh)
  const mine = kinds.filter((kind) => me.kinds.includes(kind.name))
  const list: Command[] = [
    ...pages.map((page) => ({
      id: page.path,
      label: t('shell.palette.go', { page: t(`nav.${page.name}`) }),
      also: page.name,
      icon: page.icon,
      run: () => go(page.path),
    })),
    ...mine.map((kind) => ({
      id: `list ${kind.name}`,
      label: t('shell.palette.go', { page: pick(kind.plural ?? kind.label) }),
      also: other(kind.plural ?? kind.label),
      icon: iconOf(kind.name),
      run: () => go(`/records/${kind.name}`),
    })),
    { id: '/account', label: t('user.account'), also: 'account password', icon: 'user', run: () => go('/account') },
    { id: 'keys', label: t('user.keys'), also: 'keyboard shortcuts', icon: 'keyboard', run: () => onOver('keys') },
    {
      id: 'language',
      label: t(lang.startsWith('zh') ? 'shell.palette.english' : 'shell.palette.chinese'),
      also: 'language english chinese',
      icon: 'globe',
      run: () => void setLanguage(lang.startsWith('zh') ? 'en' : 'zh-CN'),
    },
    ...themes.map((theme) => ({
      id: `theme ${theme}`,
      label: t('shell.palette.theme', { theme: t(`user.themes.${theme}`) }),
      also: `theme ${theme}`,
      icon: 'moon' as const,
      run: () => setTheme(theme),
    })),
  ]
  if (me.viewer) return list
  list.push(
    ...mine
      .filter(mayCreate)
      .map((kind) => ({
        id: `new ${kind.name}`,
        label: t('list.create', { kind: pick(kind.label) }),
        also: `new ${other(kind.label)}`,
        icon: 'plus' as const,
        run: () => go(`/records/${kind.name}/new`),
      })),
    { id: 'notices', label: t('nav.notices'), also: 'notifications', icon: 'bell', run: () => onOver('notices') },
  )
  if (mayView(me)) list.push({ id: 'view', label: t('user.viewAs'), also: 'view as', icon: 'eye', run: () => onOver('view') })
  list.push({ id: 'out', label: t('user.signOut'), also: 'sign out', icon: 'out', run: leave })
  return list
}

const iconOf = (kind: string): IconName => (isIcon(kind) ? kind : 'other')

/** Whether what is typed means the command: by its words, by pinyin from the start of a syllable, by initials. */
export function means(command: Command, typed: string): boolean {
  const q = typed.trim().toLowerCase()
  if (q === '') return true
  const words = `${command.label} ${command.also}`.toLowerCase()
  if (q.split(/\s+/).every((word) => words.includes(word))) return true
  if (!/^[a-z]+$/.test(q)) return false
  const syllables = [...command.label].map((char) => readings[char] ?? '')
  if (syllables.map((s) => s[0] ?? '').join('').includes(q)) return true
  return syllables.some((s, i) => s !== '' && syllables.slice(i).join('').startsWith(q))
}
