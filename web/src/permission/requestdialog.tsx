import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Question } from '@/api/explain'
import { queries } from '@/api/freshness'
import { fieldOf, useKinds } from '@/api/kinds'
import { recordQuery } from '@/api/records'
import { useAsk } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { AskDuration, AskSent } from './askparts'
import { useProblemText } from './problemtext'

const hours = { hour: 1, day: 24, week: 168, month: 720 } as const
const durations = ['hour', 'day', 'week', 'month'] as const

/** Asks for a field of a record that one sees in part: what for and for how long; who decides is told then. */
export default function RequestDialog({ question, field: name, onClose }: { question: Question; field: string; onClose: () => void }) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const kinds = useKinds()
  const ask = useAsk()
  const [purpose, setPurpose] = useState('')
  const [duration, setDuration] = useState<(typeof durations)[number]>('week')
  const kind = kinds.data?.find((k) => k.name === question.kind)
  const record = queries.getQueryData(recordQuery(question.kind, question.id).queryKey)
  const field = kind && fieldOf(kind, name)
  const made = ask.data
  const send = () =>
    ask.mutate({
      type: 'access',
      purpose: purpose.trim(),
      access: { kind: question.kind, record: question.id, fields: [name], edit: question.action === 'edit' || undefined, hours: hours[duration] },
    })
  return (
    <Dialog
      title={t('ask.title')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(made ? 'app.close' : 'app.cancel')}
          </button>
          {made ? (
            <Link to={'/requests' as '/'} search={{ scope: 'mine', id: made.id } as never} className="btn primary">
              {t('ask.look')}
            </Link>
          ) : (
            <button type="button" className="btn primary" disabled={purpose.trim() === '' || ask.isPending} onClick={send}>
              {t('ask.send')}
            </button>
          )}
        </>
      }
    >
      {made ? (
        <AskSent made={made} />
      ) : (
        <div className="ask-form">
          <p>{t('ask.asks', { what: t('ask.field', { field: field ? pick(field.label) : name, kind: kind ? pick(kind.label) : '', record: record?.title || `#${question.id}` }) })}</p>
          <label>
            <span>{t('ask.purpose')}</span>
            <input className="input" autoFocus value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
          </label>
          <AskDuration of={durations} value={duration} onChange={setDuration} />
          {ask.error && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {problemText(ask.error)}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}
