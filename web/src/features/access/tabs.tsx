import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/usetext'
import '@/fields/policytabs.css'

/** What one holds, and what one gave and was given. */
export function AccessTabs() {
  const { t } = useText()
  return (
    <nav className="policy-tabs" aria-label={t('access.tabs.label')}>
      <Link to="/access" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
        {t('access.tabs.mine')}
      </Link>
      <Link to="/grants" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
        {t('access.tabs.grants')}
      </Link>
      <Link to="/sandboxes" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
        {t('access.tabs.sandboxes')}
      </Link>
    </nav>
  )
}
