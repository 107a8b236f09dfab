import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type ImportPreview, useImport, usePreview } from '@/api/jobs'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { Columns } from './columns'
import { type Led, ledOf, mappingOf, wrongOf } from './mapping'
import { Steps } from './progress'
import type { ImportSearch } from './search'
import './jobs.css'

interface Props {
  /** The kinds into which the caller may import. */
  kinds: Kind[]
  search: ImportSearch
}

/** The first two steps: a file, and where its columns lead. The try and the run are jobs of their own. */
export default function ImportWizard({ kinds, search }: Props) {
  const { t, pick, format } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  useTitle(t('jobs.import'))
  const [name, setName] = useState(search.kind ?? kinds[0]?.name ?? '')
  const [looked, setLooked] = useState<ImportPreview>()
  const [led, setLed] = useState<Led>()
  const look = usePreview()
  const order = useImport()
  const began = useRef(false)

  const begin = (source: { file?: File; upload?: string; sheet?: string }, kind = name) => {
    order.reset()
    look.mutate(
      { ...source, kind },
      {
        onSuccess: (preview) => {
          setLooked(preview)
          setLed(ledOf(preview))
        },
      },
    )
  }

  useEffect(() => {
    if (began.current || !search.upload || !search.kind) return
    began.current = true
    begin({ upload: search.upload }, search.kind)
  })

  if (kinds.length === 0) return <State page icon="lock" title={t('jobs.mayNot')} text={t('jobs.mayNotText')} />
  const kind = kinds.find((k) => k.name === name)
  const failed = order.error ?? look.error
  return (
    <div className="jobs">
      <header className="jobs-head">
        <div>
          <h1>{kind && looked ? t('jobs.importInto', { kind: pick(kind.label) }) : t('jobs.import')}</h1>
          <p>{t('jobs.importText')}</p>
        </div>
        <Link to="/data/imports" className="btn">
          {t('jobs.history')}
        </Link>
      </header>
      <Steps at={looked ? 'columns' : 'file'} />
      {failed && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(failed)}
        </p>
      )}
      {!looked || !led ? (
        <FileStep kinds={kinds} kind={name} busy={look.isPending} onKind={setName} onFile={(file) => begin({ file })} />
      ) : (
        <>
          <p className="jobs-file">
            <Icon name="contract" />
            <strong>{looked.name}</strong>
            <span className="muted">
              {t(looked.more ? 'jobs.moreRows' : 'jobs.rows', { count: looked.rows, n: format.integer(looked.rows) })}
              {t('jobs.between')}
              {looked.encoding.toUpperCase()}
            </span>
            {looked.sheets.length > 1 && (
              <select
                className="input"
                aria-label={t('jobs.sheet')}
                value={looked.sheet ?? looked.sheets[0]}
                onChange={(event) => begin({ upload: looked.upload, sheet: event.target.value })}
              >
                {looked.sheets.map((s) => (
                  <option key={s}>{s}</option>
                ))}
              </select>
            )}
            <button type="button" className="quiet" onClick={() => setLooked(undefined)}>
              {t('jobs.otherFile')}
            </button>
          </p>
          <Columns preview={looked} led={led} onLed={setLed} />
          <footer className="jobs-foot">
            <p className="muted">{t('jobs.tryText')}</p>
            <button
              type="button"
              className="btn primary"
              disabled={order.isPending || wrongOf(looked, led).length > 0}
              onClick={() =>
                order.mutate(
                  { kind: looked.kind, upload: looked.upload, sheet: looked.sheet, mapping: mappingOf(looked, led), mode: 'dry', atomic: 'row' },
                  { onSuccess: (job) => void navigate({ to: '/data/imports/$id', params: { id: job.id }, search: { upload: looked.upload, kind: looked.kind } }) },
                )
              }
            >
              {t('jobs.try')}
            </button>
          </footer>
        </>
      )}
    </div>
  )
}

interface FileProps {
  kinds: Kind[]
  kind: string
  busy: boolean
  onKind: (name: string) => void
  onFile: (file: File) => void
}

function FileStep({ kinds, kind, busy, onKind, onFile }: FileProps) {
  const { t, pick } = useText()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  return (
    <div className="card jobs-file-step">
      <label>
        {t('jobs.into')}
        <select className="input" value={kind} onChange={(event) => onKind(event.target.value)}>
          {kinds.map((k) => (
            <option key={k.name} value={k.name}>
              {pick(k.label)}
            </option>
          ))}
        </select>
      </label>
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (file) onFile(file)
        }}
      >
        <Icon name="contract" />
        <p>{t(busy ? 'jobs.reading' : 'jobs.drop')}</p>
        <button type="button" className="btn primary" disabled={busy} onClick={() => input.current?.click()}>
          {t('jobs.choose')}
        </button>
        <input
          ref={input}
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label={t('jobs.choose')}
          accept=".csv,.xlsx,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) onFile(file)
            event.target.value = ''
          }}
        />
        <p className="muted">{t('jobs.formats')}</p>
      </div>
    </div>
  )
}
