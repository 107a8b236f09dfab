import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { queries } from '@/api/freshness'
import type { HeldEdit } from '@/api/held'
import { fieldOf, useKinds } from '@/api/kinds'
import { recordQuery } from '@/api/records'
import { useAsk } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { AskSent } from './askparts'
import { useProblemText } from './problemtext'

/** Asks for an edit that needs approval: nothing was changed, and exactly this is done once it is approved. */
export default function HeldDialog({ edit, onClose }: { edit: HeldEdit; onClose: () => void }) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const kinds = useKinds()
  const ask = useAsk()
  const [purpose, setPurpose] = useState('')
  const kind = kinds.data?.find((k) => k.name === edit.kind)
  const record = queries.getQueryData(recordQuery(edit.kind, edit.record).queryKey)
  const names = Object.keys(edit.fields).map((name) => {
    const field = kind && fieldOf(kind, name)
    return field ? pick(field.label) : name
  })
  const owner = edit.fields.owner
  // A change of the owner alone is a transfer; together with others it is a change like any other.
  const transfers = edit.type === 'transfer' && typeof owner === 'string' && names.length === 1
  const send = () =>
    ask.mutate({
      purpose: purpose.trim(),
      ...(transfers
        ? { type: 'transfer', transfer: { kind: edit.kind, record: edit.record, to: owner, children: [] } }
        : { type: 'change', change: { kind: edit.kind, record: edit.record, version: edit.version, fields: edit.fields } }),
    })
  return (
    <Dialog
      title={t('asks.held.title')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(ask.data ? 'app.close' : 'app.cancel')}
          </button>
          {ask.data ? (
            <Link to={'/requests' as '/'} search={{ scope: 'mine', id: ask.data.id } as never} className="btn primary" onClick={onClose}>
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
      {ask.data ? (
        <AskSent made={ask.data} />
      ) : (
        <div className="ask-form">
          <p>
            {t('asks.held.text', {
              kind: kind ? pick(kind.label) : '',
              record: record?.title || `#${edit.record}`,
              fields: names.join(t('ask.between')),
            })}
          </p>
          <label>
            <span>{t('ask.purpose')}</span>
            <input className="input" autoFocus value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
          </label>
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
