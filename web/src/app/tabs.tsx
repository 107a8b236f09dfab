import { Link } from '@tanstack/react-router'
import type { Kind, Me } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon, isIcon } from '@/ui/icons'

interface Props {
  me: Me
  kinds: Kind[]
  unread: number
  onNotices: () => void
  onMore: () => void
  more: boolean
}

/** What a thumb reaches on a phone. */
export function Tabs({ me, kinds, unread, onNotices, onMore, more }: Props) {
  const { t, pick } = useText()
  const wanted = ['customer', 'task', 'ticket', 'contract', 'product', 'person'].filter((name) => me.kinds.includes(name))
  const shown = wanted.slice(0, 2).flatMap((name) => kinds.find((k) => k.name === name) ?? [])
  return (
    <nav className="tabs" aria-label={t('nav.tabs')}>
      {!me.viewer && (
        <Link to="/" activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: true }}>
          <Icon name="home" />
          {t('nav.home')}
        </Link>
      )}
      {shown.map((kind) => (
        <Link
          key={kind.name}
          to="/records/$kind"
          params={{ kind: kind.name }}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          <Icon name={isIcon(kind.name) ? kind.name : 'other'} />
          {pick(kind.plural ?? kind.label)}
        </Link>
      ))}
      {!me.viewer && (
        <button type="button" onClick={onNotices}>
          <span className="bell">
            <Icon name="bell" />
            {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
          </span>
          {t('nav.notices')}
        </button>
      )}
      <button type="button" aria-expanded={more} aria-controls="nav" onClick={onMore}>
        <Icon name="menu" />
        {t('nav.more')}
      </button>
    </nav>
  )
}
