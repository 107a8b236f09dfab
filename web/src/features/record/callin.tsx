import { useId, useState } from 'react'
import type { Named } from '@/api/beneath'
import { useGive } from '@/api/grants'
import { useMe } from '@/api/session'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'

const spans = [4, 24, 72] as const

/** Calls a colleague in on one record: a grant of what one has oneself, ready but for its name and hours. */
export default function CallIn({ kind, item, onClose }: { kind: Kind; item: Item; onClose: () => void }) {
  const { t, pick } = useText()
  const id = useId()
  const me = useMe()
  const give = useGive()
  const problem = useProblemText()
  const [person, setPerson] = useState<Named>()
  const [hours, setHours] = useState<number>(24)
  const [edits, setEdits] = useState(true)
  const send = () => {
    if (!person || !me.data) return
    give.mutate(
      {
        receiver: person.id,
        kind: kind.name,
        records: [item.id],
        actions: edits ? ['read', 'edit'] : ['read'],
        // As much as one has oneself: the server lowers what is more.
        fields: [{ class: '*', level: 'plain', edit: edits }],
        until: new Date(Date.now() + hours * 3600_000).toISOString(),
        purpose: t('record.callIn.purpose', { who: me.data.person.name }),
      },
      {
        onSuccess: (made) => {
          toast(t('record.callIn.done', { person: made.receiver.name }))
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('record.callIn.title', { kind: pick(kind.label) })}
      act={t('record.callIn.send')}
      off={!person || give.isPending}
      onAct={send}
      onCancel={onClose}
    >
      <div className="access-form">
        <PersonPicker person={person} onPerson={setPerson} label={t('record.callIn.person')} hint={t('record.access.search')} />
        <label htmlFor={`${id}-hours`}>{t('record.callIn.hours')}</label>
        <select id={`${id}-hours`} className="input" value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {spans.map((n) => (
            <option key={n} value={n}>
              {t(n < 24 ? 'record.callIn.forHours' : 'record.callIn.forDays', { n: n < 24 ? n : n / 24, count: n < 24 ? n : n / 24 })}
            </option>
          ))}
        </select>
        <label className="call-in-edit">
          <input type="checkbox" checked={edits} onChange={(event) => setEdits(event.target.checked)} /> {t('record.callIn.edits')}
        </label>
        <p className="muted">{t('record.callIn.text')}</p>
        {give.error && (
          <p className="form-fault" role="alert">
            {problem(give.error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
