import { Link } from '@tanstack/react-router'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon, isIcon } from '@/ui/icons'

const groups = [
  { name: 'customers', kinds: ['customer', 'contact'] },
  { name: 'sales', kinds: ['opportunity', 'contract', 'payment', 'product'] },
  { name: 'service', kinds: ['ticket'] },
  { name: 'work', kinds: ['activity', 'task'] },
  { name: 'company', kinds: ['person'] },
] as const

const grouped: readonly string[] = groups.flatMap((group) => group.kinds)

/** What one may read, in groups; a kind that came later stands under 'other'. */
export function Navigation({ names, kinds }: { names: string[]; kinds: Kind[] }) {
  const { t } = useText()
  const may = (list: readonly string[]) =>
    list.flatMap((name) => (names.includes(name) ? (kinds.find((k) => k.name === name) ?? []) : []))
  const rest = may(names.filter((name) => !grouped.includes(name)))
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {groups.map((group) => {
        const members = may(group.kinds)
        const company = group.name === 'company'
        if (members.length === 0 && !company) return null
        return (
          <Group key={group.name} title={t(`nav.${group.name}`)} kinds={members}>
            {company && (
              <li>
                <Link to="/org" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
                  <Icon name="org" />
                  {t('nav.org')}
                </Link>
              </li>
            )}
          </Group>
        )
      })}
      {rest.length > 0 && <Group title={t('nav.other')} kinds={rest} />}
    </nav>
  )
}

function Group({ title, kinds, children }: { title: string; kinds: Kind[]; children?: React.ReactNode }) {
  const { pick } = useText()
  return (
    <section>
      <h2>{title}</h2>
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
    </section>
  )
}
