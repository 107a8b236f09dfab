import { useId, useState } from 'react'
import { type Emergency, type EmergencyVerdict, useReview, verdicts } from '@/api/emergencies'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { toast } from '@/ui/toast'

/** The verdict of who reviews, with its words. */
export function ReviewForm({ one }: { one: Emergency }) {
  const { t } = useText()
  const problem = useProblemText()
  const review = useReview(one.id)
  const [verdict, setVerdict] = useState<EmergencyVerdict>()
  const [note, setNote] = useState('')
  const id = useId()
  return (
    <form
      className="review-form"
      aria-label={t('emergency.review')}
      onSubmit={(event) => {
        event.preventDefault()
        if (verdict) review.mutate({ verdict, note: note.trim() }, { onSuccess: () => toast(t('emergency.reviewed')) })
      }}
    >
      <fieldset>
        <legend>{t('emergency.review')}</legend>
        <div className="review-choices">
          {verdicts
            .filter((v) => v !== 'follow_up' || one.review !== 'follow_up')
            .map((v) => (
              <label key={v}>
                <input type="radio" name={`${id}-verdict`} checked={verdict === v} onChange={() => setVerdict(v)} />
                {t(`emergency.states.${v}`)}
              </label>
            ))}
        </div>
      </fieldset>
      <label htmlFor={`${id}-note`}>{t('emergency.note')}</label>
      <textarea id={`${id}-note`} className="input" rows={3} required maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      <button type="submit" className="btn primary" disabled={!verdict || note.trim() === '' || review.isPending}>
        {t('emergency.give')}
      </button>
      {review.error && (
        <p className="form-fault" role="alert">
          {problem(review.error)}
        </p>
      )}
    </form>
  )
}
