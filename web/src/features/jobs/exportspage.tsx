import { useState } from 'react'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { ExportAskForm } from './exportask'
import { ExportForm } from './exportform'
import { History } from './history'
import type { ExportSearch } from './search'
import './jobs.css'

interface Props {
  kinds: Kind[]
  search: ExportSearch
  /** The kinds of which one may read something. */
  reads: string[]
  oversees: boolean
  onSearch: (search: ExportSearch) => void
}

/** The export centre: what was asked for, and a new one, from a list's link or from nothing. */
export default function ExportsPage({ kinds, search, reads, oversees, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('jobs.exports'))
  const may = kinds.filter((k) => k.can.includes('export'))
  // What one reads and may not export, or not all of it, is asked for.
  const others = kinds.filter((k) => reads.includes(k.name))
  const [form, setForm] = useState(search.kind === undefined ? undefined : !search.ask && may.some((k) => k.name === search.kind) ? 'order' : 'ask')
  const create = form ? undefined : (
    <div className="jobs-new">
      {others.length > 0 && (
        <button type="button" className="btn" onClick={() => setForm('ask')}>
          <Icon name="shield" />
          {t('jobs.ask')}
        </button>
      )}
      {may.length > 0 && (
        <button type="button" className="btn primary" onClick={() => setForm('order')}>
          <Icon name="plus" />
          {t('jobs.newExport')}
        </button>
      )}
    </div>
  )
  const done = () => {
    setForm(undefined)
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
      {form === 'ask' && <ExportAskForm kinds={others} search={search} onClose={done} />}
      {form === 'order' && (
        <ExportForm
          kinds={may}
          search={search}
          onCancel={done}
          onAsk={(kind) => {
            if (kind !== search.kind) onSearch({ of: search.of, kind, ask: true })
            setForm('ask')
          }}
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
