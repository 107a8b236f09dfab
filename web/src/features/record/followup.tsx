import { useState } from 'react'
import { rereadBeneath } from '@/api/beneath'
import { fieldOf } from '@/api/kinds'
import { useCreate } from '@/api/records'
import type { Item, Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

/** The links that an activity of this record has; undefined where the server says that none may be written. */
export function followable(kind: Kind, item: Item, activity: Kind | undefined): Record<string, Value> | undefined {
  if (!activity || !item.follow) return undefined
  if (kind.name === 'customer') return { customer: item.id }
  const customer = item.fields.customer
  const link = activity.relations.find((r) => !r.many && r.kind === kind.name)
  return link && typeof customer === 'string' ? { customer, [link.field]: item.id } : undefined
}

const ahead = [0, 1, 3, 7, 30] as const
const words = { 0: 'none', 1: 'tomorrow', 3: 'threeDays', 7: 'week', 30: 'month' } as const

/** In so many days, at nine in the morning. */
function inDays(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() + days)
  at.setHours(9, 0, 0, 0)
  return at.toISOString()
}

interface Props {
  kind: Kind
  item: Item
  activity: Kind
  links: Record<string, Value>
  onDone: () => void
}

/** What was spoken of, in a few taps: how, what, and when again. */
export function FollowUp({ kind, item, activity, links, onDone }: Props) {
  const { t, pick } = useText()
  const types = fieldOf(activity, 'type')?.choices ?? []
  const [type, setType] = useState(types[0]?.code ?? '')
  const [text, setText] = useState('')
  const [next, setNext] = useState<(typeof ahead)[number]>(0)
  const create = useCreate('activity')
  const problem = useRecordProblem()
  const may = (name: string) => fieldOf(activity, name)?.create === true

  const save = () => {
    const line = text.trim().split('\n')[0] ?? ''
    const label = types.find((c) => c.code === type)?.label
    const subject = [...(line || (label ? pick(label) : ''))].slice(0, 60).join('')
    const fields: Record<string, Value> = { ...links, subject, happened_at: new Date().toISOString() }
    if (type && may('type')) fields.type = type
    if (text.trim() && may('content')) fields.content = text.trim()
    if (next > 0 && may('next_contact_at')) fields.next_contact_at = inDays(next)
    create.mutate(fields, {
      onSuccess: () => {
        toast(t('record.follow.saved'))
        setText('')
        setNext(0)
        void rereadBeneath(kind.name, item.id)
        onDone()
      },
    })
  }

  return (
    <form
      className="follow"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {may('type') && (
        <div className="chips" role="radiogroup" aria-label={t('record.follow.type')}>
          {types.map((choice) => (
            <button key={choice.code} type="button" role="radio" aria-checked={choice.code === type} onClick={() => setType(choice.code)}>
              {pick(choice.label)}
            </button>
          ))}
        </div>
      )}
      <textarea
        className="input"
        rows={3}
        maxLength={10_000}
        value={text}
        aria-label={t('record.follow.text')}
        placeholder={t('record.follow.placeholder')}
        onChange={(event) => setText(event.target.value)}
      />
      {may('next_contact_at') && (
        <div className="follow-next">
          <span className="muted">{t('record.follow.next')}</span>
          <div className="chips" role="radiogroup" aria-label={t('record.follow.next')}>
            {ahead.map((days) => (
              <button key={days} type="button" role="radio" aria-checked={days === next} onClick={() => setNext(days)}>
                {t(`record.follow.${words[days]}`)}
              </button>
            ))}
          </div>
        </div>
      )}
      {create.isError && (
        <p className="form-fault" role="alert">
          {problem(create.error)}
        </p>
      )}
      <div className="compose-foot">
        <button type="submit" className="btn primary" disabled={create.isPending}>
          {create.isPending ? t('record.follow.saving') : t('record.follow.save')}
        </button>
      </div>
    </form>
  )
}
