import { useId, useRef, useState } from 'react'
import type { Question } from '@/api/explain'
import { queries } from '@/api/freshness'
import { fieldOf, useKinds } from '@/api/kinds'
import { useUnits } from '@/api/org'
import { recordQuery } from '@/api/records'
import { useMe } from '@/api/session'
import type { Me, Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { AskDuration } from './askparts'

/** The nearest head over somebody, who is not that person. */
export function headOf(me: Me, units: Unit[]): string | undefined {
  const byId = new Map(units.map((u) => [u.id, u]))
  for (const { unit } of me.appointments) {
    const met = new Set<string>()
    for (let at = byId.get(unit.id); at && !met.has(at.id); at = byId.get(at.parent ?? '')) {
      met.add(at.id)
      const head = at.heads?.find((h) => h.id !== me.person.id)
      if (head) return head.name
    }
  }
  return undefined
}

const durations = ['day', 'week', 'month', 'task'] as const

/**
 * Writes the request for access ready to be sent by other means: it says what, what for and how
 * long, and to whom it goes. It names nothing that its writer does not see.
 */
export default function AskDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t, pick } = useText()
  const me = useMe()
  const kinds = useKinds()
  const units = useUnits()
  const [purpose, setPurpose] = useState('')
  const [duration, setDuration] = useState<(typeof durations)[number]>('week')
  const text = useRef<HTMLTextAreaElement>(null)
  const id = useId()

  const kind = kinds.data?.find((k) => k.name === question.kind)
  const record = queries.getQueryData(recordQuery(question.kind, question.id).queryKey)
  const field = kind && question.field ? fieldOf(kind, question.field) : undefined
  const words: Record<string, string> = {
    read: t('actions.read'),
    create: t('actions.create'),
    edit: t('actions.edit'),
    delete: t('actions.delete'),
    export: t('actions.export'),
  }
  const head = me.data && headOf(me.data, units.data?.items ?? [])
  const what = t(field ? 'ask.field' : 'ask.action', {
    field: field ? pick(field.label) : '',
    action: words[question.action] ?? question.action,
    kind: kind ? pick(kind.label) : '',
    record: record?.title || `#${question.id}`,
  })
  const address = `${location.origin}/records/${question.kind}/${question.id}`
  const letter = [
    t('ask.letter', { head: head ?? t('ask.administrator'), who: me.data?.person.name ?? '', what }),
    t('ask.purposeLine', { purpose: purpose.trim() || t('ask.purposeEmpty') }),
    t('ask.durationLine', { duration: t(`ask.durations.${duration}`) }),
    address,
  ].join('\n')

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(letter)
    } catch {
      // Without a secure connection there is no clipboard; the selected text can still be copied.
      text.current?.select()
      document.execCommand('copy')
    }
    toast(t('ask.copied'))
  }

  return (
    <Dialog
      title={t('ask.title')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('app.close')}
          </button>
          <button type="button" className="btn primary" disabled={purpose.trim() === ''} onClick={() => void copy()}>
            {t('ask.copy')}
          </button>
        </>
      }
    >
      <div className="ask-form">
        <p>{head ? t('ask.turnTo', { head }) : t('ask.turnToAdministrator')}</p>
        <label>
          <span>{t('ask.purpose')}</span>
          <input className="input" value={purpose} maxLength={200} onChange={(event) => setPurpose(event.target.value)} />
        </label>
        <AskDuration of={durations} value={duration} onChange={setDuration} />
        <label htmlFor={id}>
          <span>{t('ask.text')}</span>
        </label>
        <textarea ref={text} id={id} className="input" rows={5} readOnly value={letter} />
      </div>
    </Dialog>
  )
}
