import { Link } from '@tanstack/react-router'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { History } from './history'
import './jobs.css'

interface Props {
  kinds: Kind[]
  of?: 'everybody'
  may: boolean
  oversees: boolean
  onOf: (of: 'everybody' | undefined) => void
}

/** What was imported, and the way to a new import. */
export default function ImportsPage({ kinds, of, may, oversees, onOf }: Props) {
  const { t } = useText()
  useTitle(t('jobs.imports'))
  const create = may ? (
    <Link to="/data/imports/new" className="btn primary">
      <Icon name="plus" />
      {t('jobs.newImport')}
    </Link>
  ) : undefined
  return (
    <div className="jobs">
      <header className="jobs-head">
        <div>
          <h1>{t('jobs.imports')}</h1>
          <p>{t('jobs.importsText')}</p>
        </div>
        {create}
      </header>
      <History type="imports" kinds={kinds} of={of ?? 'me'} oversees={oversees} onOf={(who) => onOf(who === 'everybody' ? who : undefined)}>
        {create}
      </History>
    </div>
  )
}
