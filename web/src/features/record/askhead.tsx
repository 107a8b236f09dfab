import { useState } from 'react'
import { useAskHead, useLookedAfter } from '@/api/ownership'
import { useMe } from '@/api/session'
import type { Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { useOwnershipProblem } from './ownproblem'
import './ownership.css'

interface Props {
  kind: Kind
  /** What was typed of the fields by which records are alike. */
  fields: Record<string, Value>
  /** They are of a record that is there: whether there is one is no question. */
  there?: boolean
}

/** Whether somebody looks after it, for who has the right to know; and a word to their head, for everybody. */
export default function AskHead({ kind, fields, there }: Props) {
  const { t } = useText()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<string>()
  const look = useLookedAfter(kind.name)
  const ask = useAskHead(kind.name)
  const problem = useOwnershipProblem()
  const send = () =>
    ask.mutate(
      { fields, note: note.trim() },
      {
        onSuccess: () => {
          toast(t('ownership.askSent'))
          setOpen(false)
          setNote('')
        },
        onError: (error) => setFault(problem(error)),
      },
    )
  return (
    <div className="own-ask">
      {!there && me.data?.can.includes('duplicates') && (
        <button type="button" className="btn" disabled={look.isPending} onClick={() => look.mutate(fields)}>
          <Icon name="search" />
          {t('ownership.lookCheck')}
        </button>
      )}
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Icon name="person" />
        {t('ownership.ask')}
      </button>
      {look.data && (
        <p className={look.data.looked_after ? 'note warn' : 'note'} role="status">
          {t(look.data.looked_after ? 'ownership.looked' : 'ownership.lookedFree')}
        </p>
      )}
      {look.isError && <p className="form-fault">{problem(look.error)}</p>}
      {open && (
        <FormDialog
          title={t('ownership.askTitle')}
          act={t('ownership.askSend')}
          off={note.trim() === '' || ask.isPending}
          onAct={send}
          onCancel={() => setOpen(false)}
        >
          <div className="access-form own-form">
            <p className="muted">{t('ownership.askText')}</p>
            <label htmlFor="ask-head-note">{t('ownership.askNote')}</label>
            <textarea id="ask-head-note" className="input" rows={4} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
            {fault && (
              <p className="form-fault" role="alert">
                {fault}
              </p>
            )}
          </div>
        </FormDialog>
      )}
    </div>
  )
}
