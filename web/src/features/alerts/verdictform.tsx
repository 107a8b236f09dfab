import { useId, useState } from 'react'
import { type AlertState, useJudgeAlert } from '@/api/alerts'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { toast } from '@/ui/toast'

/** The verdict on an alert; who dismisses one says why. */
export function VerdictForm({ id }: { id: string }) {
  const { t } = useText()
  const problem = useProblemText()
  const judge = useJudgeAlert(id)
  const [note, setNote] = useState('')
  const field = useId()
  const give = (verdict: AlertState) => judge.mutate({ verdict, note: note.trim() }, { onSuccess: () => toast(t('alerts.given')) })
  return (
    <form className="alert-verdict" aria-label={t('alerts.verdict')} onSubmit={(event) => event.preventDefault()}>
      <label htmlFor={field}>{t('alerts.reason')}</label>
      <textarea id={field} className="input" rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      <div className="alert-acts">
        <button type="button" className="btn primary" disabled={judge.isPending} onClick={() => give('confirmed')}>
          {t('alerts.confirm')}
        </button>
        <button type="button" className="btn" disabled={judge.isPending || note.trim() === ''} onClick={() => give('dismissed')}>
          {t('alerts.dismiss')}
        </button>
        {note.trim() === '' && <span className="muted">{t('alerts.why')}</span>}
      </div>
      {judge.error && (
        <p className="form-fault" role="alert">
          {problem(judge.error)}
        </p>
      )}
    </form>
  )
}
