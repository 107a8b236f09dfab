import { useState } from 'react'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { ExportForm } from './exportform'
import { History } from './history'
import type { ExportSearch } from './search'
import './jobs.css'

interface Props {
  kinds: Kind[]
  search: ExportSearch
  oversees: boolean
  onSearch: (search: ExportSearch) => void
}

/** The export centre: what was asked for, and a new one, from a list's link or from nothing. */
export default function ExportsPage({ kinds, search, oversees, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('jobs.exports'))
  const may = kinds.filter((k) => k.can.includes('export'))
  const [asking, setAsking] = useState(search.kind !== undefined)
  const create =
    may.length > 0 && !asking ? (
      <button type="button" className="btn primary" onClick={() => setAsking(true)}>
        <Icon name="plus" />
        {t('jobs.newExport')}
      </button>
    ) : undefined
  const done = () => {
    setAsking(false)
    onSearch({ of: search.of })
  }
  return (
    <div className="jobs">
      <header className="jobs-head">
        <div>
          <h1>{t('jobs.exports')}</h1>
          <p>{t('jobs.exportsText')}</p>
        </div>
        {create}
      </header>
      {asking && (
        <ExportForm
          kinds={may}
          search={search}
          onCancel={done}
          onDone={() => {
            toast(t('jobs.ordered'))
            done()
          }}
        />
      )}
      <History type="exports" kinds={kinds} of={search.of ?? 'me'} oversees={oversees} onOf={(who) => onSearch({ of: who === 'everybody' ? who : undefined })}>
        {create}
      </History>
    </div>
  )
}
