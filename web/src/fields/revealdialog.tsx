import { useId, useState } from 'react'
import { hasFailed } from '@/api/problem'
import { reveal, type RevealDay, type Revealed, useRevealDay } from '@/api/reveal'
import type { Field, Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'

interface Props {
  kind: Kind
  item: Item
  field: Field
  onShown: (shown: Revealed) => void
  onClose: () => void
}

const reasons = ['call', 'invoice', 'contract', 'identity'] as const
const least = 2

/** Asks why, says what it takes, and shows the value. */
export default function RevealDialog({ kind, item, field, onShown, onClose }: Props) {
  const { t, pick, format } = useText()
  const problemText = useProblemText()
  const day = useRevealDay()
  const [reason, setReason] = useState('')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>()
  const form = useId()
  const send = async () => {
    setSending(true)
    try {
      const shown = await reveal({ kind: kind.name, id: item.id }, field.name, reason.trim())
      onShown(shown)
      onClose()
    } catch (failed) {
      setError(failed)
      setSending(false)
    }
  }
  return (
    <FormDialog
      title={t('reveal.title', { field: pick(field.label) })}
      act={t('reveal.act')}
      off={!day.data || day.data.left === 0 || reason.trim().length < least || sending}
      form={form}
      onCancel={onClose}
    >
      {day.isPending && <BoneRows rows={3} />}
      {hasFailed(day) && <Failure error={day.error} onRetry={() => void day.refetch()} />}
      {day.data && (
        <form
          id={form}
          className="reveal-form"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          {day.data.left === 0 ? (
            <p className="note warn" role="status">
              <Icon name="info" />
              {t('problem.codes.reveal_day', { max: format.integer(day.data.per_day) })}
            </p>
          ) : (
            <>
              <div className="reveal-why" role="group" aria-label={t('reveal.usual')}>
                {reasons.map((one) => (
                  <button key={one} type="button" aria-pressed={reason === t(`reveal.reasons.${one}`)} onClick={() => setReason(t(`reveal.reasons.${one}`))}>
                    {t(`reveal.reasons.${one}`)}
                  </button>
                ))}
              </div>
              <label>
                <span>{t('reveal.reason')}</span>
                <input className="input" value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />
              </label>
            </>
          )}
          <Takes day={day.data} field={field} />
          {error !== undefined && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {problemText(error)}
            </p>
          )}
        </form>
      )}
    </FormDialog>
  )
}

/** What is recorded, how long it shows, what is left of the day, and whether the second factor is asked for. */
function Takes({ day, field }: { day: RevealDay; field: Field }) {
  const { t, format } = useText()
  return (
    <ul className="reveal-takes muted">
      <li>{t('reveal.recorded', { n: day.seconds })}</li>
      {day.factor.includes(field.class) && <li>{t('reveal.factor')}</li>}
      <li className={day.left === 0 ? 'none' : undefined}>{t('reveal.left', { n: format.integer(day.left), of: format.integer(day.per_day) })}</li>
    </ul>
  )
}
