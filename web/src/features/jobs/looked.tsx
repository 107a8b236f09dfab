import { useState } from 'react'
import { type Job, useAskHeadsOf } from '@/api/jobs'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** The rows that somebody looks after already, with a word to their heads; and how many were not checked for that. */
export function Looked({ job }: { job: Job }) {
  const { t, format } = useText()
  const [open, setOpen] = useState(false)
  const rows = job.looked?.rows ?? 0
  const left = job.looked?.open ?? 0
  const unchecked = job.unchecked ?? 0
  return (
    <>
      {unchecked > 0 && (
        <p className="note warn" role="status">
          <Icon name="warn" />
          {t(job.mode === 'dry' ? 'jobs.wouldUnchecked' : 'jobs.unchecked', { count: unchecked, n: format.integer(unchecked) })}
        </p>
      )}
      {rows > 0 && (
        <section className="card job-card job-looked">
          <p>{t('jobs.lookedRows', { count: rows, n: format.integer(rows) })}</p>
          {left > 0 ? (
            <button type="button" className="btn" onClick={() => setOpen(true)}>
              <Icon name="person" />
              {t('jobs.askHeads')}
            </button>
          ) : (
            <p className="muted">{t('jobs.askedOrOver')}</p>
          )}
          {open && <Ask id={job.id} rows={left} onClose={() => setOpen(false)} />}
        </section>
      )}
    </>
  )
}

function Ask({ id, rows, onClose }: { id: string; rows: number; onClose: () => void }) {
  const { t, format } = useText()
  const [note, setNote] = useState('')
  const problemText = useProblemText()
  const ask = useAskHeadsOf(id)
  const send = () =>
    ask.mutate(note.trim(), {
      onSuccess: ({ asked, open }) => {
        const said = t('jobs.headsAsked', { count: asked, n: format.integer(asked) })
        toast(open > 0 ? said + t('jobs.headsOpen', { count: open, n: format.integer(open) }) : said)
        onClose()
      },
    })
  return (
    <FormDialog title={t('jobs.askHeads')} act={t('jobs.askHeadsSend')} off={note.trim() === '' || ask.isPending} onAct={send} onCancel={onClose}>
      <div className="access-form job-ask">
        <p className="muted">{t('jobs.askHeadsText', { count: rows, n: format.integer(rows) })}</p>
        <label htmlFor="ask-heads-note">{t('jobs.askHeadsNote')}</label>
        <textarea id="ask-heads-note" className="input" rows={4} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
        {ask.error && (
          <p className="form-fault" role="alert">
            {problemText(ask.error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
