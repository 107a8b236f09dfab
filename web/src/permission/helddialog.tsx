import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { queries } from '@/api/freshness'
import type { Held } from '@/api/held'
import { fieldOf, useKinds } from '@/api/kinds'
import { recordQuery } from '@/api/records'
import { type NewRequest, useAsk } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { AskSent } from './askparts'
import { useProblemText } from './problemtext'

/** What the server is asked, as it was attempted: exactly this is done once it is approved. */
function requestOf({ attempt: a, type }: Held): Omit<NewRequest, 'purpose'> {
  switch (a.does) {
    case 'create':
      return { type: 'create', create: { kind: a.kind, fields: a.fields } }
    case 'delete':
      return { type: 'delete', delete: { kind: a.kind, record: a.record, version: a.version } }
    case 'edit': {
      const owner = a.fields.owner
      // A change of the owner alone is a transfer; together with others it is a change like any other.
      if (type === 'transfer' && typeof owner === 'string' && Object.keys(a.fields).length === 1) {
        return { type: 'transfer', transfer: { kind: a.kind, record: a.record, to: owner, children: [] } }
      }
      return { type: 'change', change: { kind: a.kind, record: a.record, version: a.version, fields: a.fields } }
    }
    default:
      return { type: 'pool', pool: { kind: a.kind, record: a.record, action: a.does, person: a.person, pool: a.pool, reason: a.reason } }
  }
}

/** Asks for what needs approval: nothing was done. */
export default function HeldDialog({ held, onClose }: { held: Held; onClose: () => void }) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const kinds = useKinds()
  const ask = useAsk()
  const [purpose, setPurpose] = useState('')
  const { attempt } = held
  const kind = kinds.data?.find((k) => k.name === attempt.kind)
  const id = 'record' in attempt ? attempt.record : undefined
  const record = id === undefined ? undefined : queries.getQueryData(recordQuery(attempt.kind, id).queryKey)
  const fields = 'fields' in attempt ? attempt.fields : {}
  const names = Object.keys(fields).map((name) => {
    const field = kind && fieldOf(kind, name)
    return field ? pick(field.label) : name
  })
  const send = () => ask.mutate({ purpose: purpose.trim(), ...requestOf(held) }, { onSuccess: held.onSent })
  return (
    <Dialog
      title={t(attempt.does === 'edit' ? 'asks.held.title' : `asks.held.titles.${attempt.does}`)}
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
            {t(`asks.held.${attempt.does}`, {
              kind: kind ? pick(kind.label) : '',
              record: record?.title || `#${id ?? ''}`,
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
