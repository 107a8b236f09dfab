import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/usetext'
import './policytabs.css'

const tabs = [
  { to: '/policy/packs', text: 'policy.tabs.packs' },
  { to: '/policy/matrix', text: 'policy.tabs.matrix' },
  { to: '/policy/rules', text: 'policy.tabs.rules' },
  { to: '/policy/drafts', text: 'policy.tabs.drafts' },
  { to: '/policy/versions', text: 'policy.tabs.versions' },
] as const

/** The pages of permission, side by side. */
export function PolicyTabs() {
  const { t } = useText()
  return (
    <nav className="policy-tabs" aria-label={t('policy.tabs.label')}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
          {t(tab.text)}
        </Link>
      ))}
    </nav>
  )
}
