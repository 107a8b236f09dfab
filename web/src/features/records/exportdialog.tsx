import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { orderExport, useExportJob } from '@/api/exportlist'
import type { Chosen } from '@/api/mass'
import { problemOf } from '@/api/problem'
import type { Kind } from '@/api/types'
import { quote } from '@/lib/conditions'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'

interface Props {
  kind: Kind
  chosen: Chosen
  sort?: string
  fields: string[]
  onClose: () => void
}

/** How many records can be named one by one; more are asked for by the list's own filter. */
const named = 500

/** Asks for the chosen records as a file, and waits for it. */
export default function ExportDialog({ kind, chosen, sort, fields, onClose }: Props) {
  const { t, pick, lang, format: write } = useText()
  const id = useId()
  const problemText = useProblemText()
  const [format, setFormat] = useState<'xlsx' | 'csv' | 'pdf'>('xlsx')
  const [all, setAll] = useState(false)
  const [purpose, setPurpose] = useState('')
  const order = useMutation({ mutationFn: orderExport })
  const job = useExportJob(order.data?.id)
  const now = job.data ?? order.data
  const tooMany = (chosen.ids?.length ?? 0) > named
  const filter = chosen.ids ? `r.id in [${chosen.ids.map(quote).join(', ')}]` : chosen.match?.filter
  const error = order.error ?? job.error
  return (
    <Dialog
      title={t('lists.export.title', { kind: pick(kind.label) })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(now ? 'app.close' : 'app.cancel')}
          </button>
          {!now && (
            <button
              type="button"
              className="btn primary"
              disabled={tooMany || order.isPending || purpose.trim() === ''}
              onClick={() =>
                order.mutate({
                  kind: kind.name,
                  filter,
                  q: chosen.match?.q,
                  sort,
                  fields: all ? undefined : fields,
                  format,
                  purpose: purpose.trim(),
                  lang: lang.startsWith('zh') ? 'zh' : 'en',
                })
              }
            >
              {t('lists.export.go')}
            </button>
          )}
          {now?.status === 'done' && now.file_url && (
            <a className="btn primary" href={now.file_url} download>
              <Icon name="download" />
              {t('lists.export.file')}
            </a>
          )}
        </>
      }
    >
      {!now && (
        <div className="mass-form">
          {tooMany && <p className="note warn">{t('lists.export.many', { n: write.number(named) })}</p>}
          {(['xlsx', 'csv', 'pdf'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="format" checked={format === one} onChange={() => setFormat(one)} /> {t(`lists.export.${one}`)}
            </label>
          ))}
          <label>
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> {t('lists.export.allFields')}
          </label>
          <label htmlFor={`${id}-purpose`}>{t('ask.purpose')}</label>
          <input id={`${id}-purpose`} className="input" required maxLength={500} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
          <p className="muted">{t('lists.export.hint')}</p>
        </div>
      )}
      {now && (
        <div className="mass-outlook" role="status">
          {(now.status === 'queued' || now.status === 'running') && (
            <>
              <p>{t('lists.export.running', { n: write.number(now.done) })}</p>
              <progress aria-label={t('lists.export.title', { kind: pick(kind.label) })} />
            </>
          )}
          {now.status === 'done' && <p>{t('lists.export.done', { n: write.number(now.done) })}</p>}
          {(now.status === 'failed' || now.status === 'cancelled') && <p className="note bad">{t('lists.export.failed')}</p>}
        </div>
      )}
      {error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(error)}{' '}
          {problemOf(error).code === 'needs_approval' && (
            <Link to={'/data/exports' as '/'} search={{ kind: kind.name, filter, q: chosen.match?.q, sort, ask: true } as never}>
              {t('ask.send')}
            </Link>
          )}
        </p>
      )}
    </Dialog>
  )
}
