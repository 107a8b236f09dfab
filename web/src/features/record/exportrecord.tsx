import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { type ExportJob, orderExport, useExportJob } from '@/api/exportlist'
import { useExportPlan } from '@/api/jobs'
import { hasFailed, problemOf } from '@/api/problem'
import { useAsk } from '@/api/requests'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { AskSent } from '@/permission/askparts'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { partsOf, RecordSays, RecordWith } from './exportwith'
import './exportrecord.css'

interface Props {
  kind: Kind
  item: Item
  kinds: Kind[]
  onClose: () => void
}

/** A record as a document: says what would stand in it, orders it and waits for it, or asks where a rule holds it. */
export default function ExportRecord({ kind, item, kinds, onClose }: Props) {
  const { t, lang, format } = useText()
  const id = useId()
  const problemText = useProblemText()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [purpose, setPurpose] = useState('')
  const [words, setWords] = useState<'zh' | 'en'>(lang.startsWith('zh') ? 'zh' : 'en')
  const relations = kind.relations.filter((r) => r.many && kinds.some((k) => k.name === r.kind)).map((r) => r.name)
  const asked = { kind: kind.name, format: 'pdf' as const, record: item.id, related: relations, comments: true }
  const plan = useExportPlan(asked, true)
  const order = useMutation({ mutationFn: orderExport })
  const ask = useAsk()
  const job = useExportJob(order.data?.id)
  const now = job.data ?? order.data
  const heldWhole = problemOf(plan.error).code === 'needs_approval'
  const parts = plan.data ? partsOf(kind, plan.data, (key) => !left.has(key)) : []
  const chosen = parts.filter((part) => part.chosen)
  const refused = !heldWhole && hasFailed(plan)
  const held = heldWhole || plan.data?.held !== undefined || chosen.some((part) => part.held)
  const error = order.error ?? job.error ?? ask.error
  const document = {
    ...asked,
    lang: words,
    related: heldWhole ? relations : chosen.flatMap((part) => part.relation ?? []),
    comments: heldWhole || chosen.some((part) => part.relation === undefined),
  }
  const ready = purpose.trim() !== '' && (plan.data !== undefined || heldWhole)
  return (
    <Dialog
      title={t('jobs.record.title', { title: item.title || t('list.untitled') })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(now || ask.data || refused ? 'app.close' : 'app.cancel')}
          </button>
          {!now && !ask.data && held && (
            <button type="button" className="btn primary" disabled={!ready || ask.isPending} onClick={() => ask.mutate({ type: 'export', purpose: purpose.trim(), export: document })}>
              {t('ask.send')}
            </button>
          )}
          {!now && !ask.data && !held && !refused && (
            <button type="button" className="btn primary" disabled={!ready || order.isPending} onClick={() => order.mutate({ ...document, purpose: purpose.trim() })}>
              {t('jobs.record.go')}
            </button>
          )}
          {now?.status === 'done' && now.file_url && (
            <a className="btn primary" href={now.file_url} download>
              <Icon name="download" />
              {t('jobs.record.file')}
            </a>
          )}
        </>
      }
    >
      {ask.data && <AskSent made={ask.data} />}
      {now && <Made job={now} />}
      {!now && !ask.data && (
        <div className="record-export">
          {!refused && <p className="muted">{t('jobs.record.text')}</p>}
          {heldWhole && (
            <p className="note warn">
              <Icon name="shield" />
              {t('jobs.record.heldRecord')}
            </p>
          )}
          {refused && <Failure error={plan.error} onRetry={() => void plan.refetch()} />}
          {!plan.data && !hasFailed(plan) && <BoneRows rows={3} />}
          {plan.data && (
            <>
              <RecordWith
                parts={parts}
                onChoose={(key, yes) => {
                  const next = new Set(left)
                  if (yes) next.delete(key)
                  else next.add(key)
                  setLeft(next)
                }}
              />
              <RecordSays kind={kind} plan={plan.data} parts={parts} />
            </>
          )}
          {!refused && (
            <>
              <label htmlFor={`${id}-words`}>{t('jobs.language')}</label>
              <select id={`${id}-words`} className="input" value={words} onChange={(event) => setWords(event.target.value === 'en' ? 'en' : 'zh')}>
                <option value="zh">{t('user.zh-CN')}</option>
                <option value="en">{t('user.en')}</option>
              </select>
              <label htmlFor={`${id}-purpose`}>{t('ask.purpose')}</label>
              <input id={`${id}-purpose`} className="input" required maxLength={500} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
            </>
          )}
          {plan.data?.day.limit !== undefined && (
            <p className="muted">{t('jobs.saysDay', { taken: format.number(plan.data.day.taken), limit: format.number(plan.data.day.limit) })}</p>
          )}
        </div>
      )}
      {error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(error)}
        </p>
      )}
    </Dialog>
  )
}

/** How far it is. */
function Made({ job }: { job: ExportJob }) {
  const { t, format } = useText()
  return (
    <div className="record-export" role="status">
      {(job.status === 'queued' || job.status === 'running') && (
        <>
          <p>{t('jobs.record.running', { n: format.number(job.done) })}</p>
          <progress aria-label={t('record.exportPDF')} />
        </>
      )}
      {job.status === 'done' && <p>{t('jobs.record.done', { n: format.number(job.done) })}</p>}
      {(job.status === 'failed' || job.status === 'cancelled') && <p className="note bad">{t('jobs.record.failed')}</p>}
    </div>
  )
}
