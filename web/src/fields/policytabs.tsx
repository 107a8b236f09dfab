import { Link } from '@tanstack/react-router'
import { useLayoutEffect, useRef } from 'react'
import { useMe } from '@/api/session'
import { useText } from '@/lib/usetext'
import './policytabs.css'

const tabs = [
  { to: '/policy/packs', text: 'policy.tabs.packs' },
  { to: '/policy/matrix', text: 'policy.tabs.matrix' },
  { to: '/policy/rules', text: 'policy.tabs.rules' },
  { to: '/policy/drafts', text: 'policy.tabs.drafts' },
  { to: '/policy/versions', text: 'policy.tabs.versions' },
  { to: '/policy/pools', text: 'policy.tabs.pools' },
  { to: '/policy/fields', text: 'policy.tabs.fields' },
  { to: '/policy/tags', text: 'policy.tabs.tags' },
  { to: '/policy/stages', text: 'policy.tabs.stages' },
  { to: '/policy/approvals', text: 'policy.tabs.approvals' },
  { to: '/policy/exports', text: 'policy.tabs.exports' },
] as const

/** The pages of permission, side by side. */
export function PolicyTabs() {
  const { t } = useText()
  const me = useMe()
  const bar = useRef<HTMLElement>(null)
  // A phone shows four of them: the one that is open must be among those.
  useLayoutEffect(() => {
    const open = bar.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (bar.current && open) bar.current.scrollLeft = open.offsetLeft + open.offsetWidth - bar.current.clientWidth + 12
  }, [])
  return (
    <nav ref={bar} className="policy-tabs" aria-label={t('policy.tabs.label')}>
      {tabs.filter((tab) => tab.to !== '/policy/pools' || me.data?.can.includes('policy')).map((tab) => (
        <Link key={tab.to} to={tab.to} activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
          {t(tab.text)}
        </Link>
      ))}
    </nav>
  )
}
