import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ExportAsk, useAsk } from '@/api/requests'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { AskSent } from '@/permission/askparts'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { ExportNarrowed, ExportWhat } from './exportwhat'
import type { ExportSearch } from './search'

interface Props {
  kinds: Kind[]
  search: ExportSearch
  onClose: () => void
}

/** An export that one has no right to: asked for with its purpose, made once it is approved. */
export function ExportAskForm({ kinds, search, onClose }: Props) {
  const { t, lang } = useText()
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
        <AskSent made={made} />
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
      <ExportWhat kinds={kinds} kind={name} onKind={setName} format={style} onFormat={setStyle}>
        <label>
          {t('ask.purpose')}
          <input className="input" value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
        </label>
      </ExportWhat>
      <ExportNarrowed from={from} />
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
