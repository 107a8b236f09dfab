import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ExportAsk, useAsk } from '@/api/requests'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import type { ExportSearch } from './search'

interface Props {
  kinds: Kind[]
  search: ExportSearch
  onClose: () => void
}

/** An export that one has no right to: asked for with its purpose, made once it is approved. */
export function ExportAskForm({ kinds, search, onClose }: Props) {
  const { t, lang, pick } = useText()
  const problemText = useProblemText()
  const [name, setName] = useState(kinds.some((k) => k.name === search.kind) ? search.kind : kinds[0]?.name)
  const [style, setStyle] = useState<ExportAsk['format']>('xlsx')
  const [purpose, setPurpose] = useState('')
  const ask = useAsk()
  const from = name === search.kind ? search : {}
  const made = ask.data
  if (made) {
    return (
      <div className="card export-form">
        <p className="note good" role="status">
          <Icon name="check" />
          {made.waits.length > 0 ? t('ask.sentTo', { who: made.waits.map((w) => w.person.name).join(t('ask.between')) }) : t('ask.sent')}
        </p>
        <footer className="jobs-foot">
          <button type="button" className="btn" onClick={onClose}>
            {t('app.close')}
          </button>
          <Link to="/requests" search={{ scope: 'mine', id: made.id }} className="btn primary">
            {t('ask.look')}
          </Link>
        </footer>
      </div>
    )
  }
  return (
    <form
      className="card export-form"
      aria-label={t('jobs.ask')}
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate({
          type: 'export',
          purpose: purpose.trim(),
          export: { kind: name ?? '', filter: from.filter, q: from.q, sort: from.sort, format: style, lang: lang.startsWith('zh') ? 'zh' : 'en' },
        })
      }}
    >
      <p className="note">
        <Icon name="info" />
        {t('jobs.askText')}
      </p>
      <div className="export-row">
        <label>
          {t('jobs.what')}
          <select className="input" value={name} onChange={(event) => setName(event.target.value)}>
            {kinds.map((k) => (
              <option key={k.name} value={k.name}>
                {pick(k.label)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('jobs.format')}
          <select className="input" value={style} onChange={(event) => setStyle(event.target.value === 'csv' ? 'csv' : 'xlsx')}>
            <option value="xlsx">{t('jobs.xlsx')}</option>
            <option value="csv">{t('jobs.csv')}</option>
          </select>
        </label>
        <label>
          {t('ask.purpose')}
          <input className="input" value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
        </label>
      </div>
      {(from.filter || from.q) && (
        <p className="export-filter">
          {t('jobs.narrowed')}
          <code>{[from.q, from.filter].filter(Boolean).join(t('jobs.dot'))}</code>
        </p>
      )}
      {ask.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(ask.error)}
        </p>
      )}
      <footer className="jobs-foot">
        <button type="button" className="btn" onClick={onClose}>
          {t('app.cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={purpose.trim() === '' || !name || ask.isPending}>
          {t('ask.send')}
        </button>
      </footer>
    </form>
  )
}
