import { useState } from 'react'
import { useAskWhole } from '@/api/exportcontrol'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { useProblemText } from './problemtext'

/** Which record or page an address is of; nothing else of it is sent. */
export function addressed(path: string): { record?: { kind: string; id: string }; page: string } {
  const record = /^\/records\/([a-z_]+)\/(\d{1,16})(?:\/|$)/.exec(path)
  if (record?.[1] && record[2]) return { record: { kind: record[1], id: record[2] }, page: path }
  const parts = path.split('/').filter((part) => /^[a-z][a-z-]{0,30}$/.test(part))
  return { page: `/${parts.slice(0, 3).join('/') || 'home'}` }
}

/**
 * Carries words from a page that is missing or refused to whoever is over it. It is the same dialog and
 * the same answer whether there is anything or not.
 */
export default function AskWhole({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const [purpose, setPurpose] = useState('')
  const ask = useAskWhole()
  const at = addressed(location.pathname)
  return (
    <Dialog
      title={t('ask.title')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(ask.isSuccess ? 'app.close' : 'app.cancel')}
          </button>
          {!ask.isSuccess && (
            <button type="button" className="btn primary" disabled={purpose.trim() === '' || ask.isPending} onClick={() => ask.mutate({ ...at, purpose: purpose.trim() })}>
              {t('ask.send')}
            </button>
          )}
        </>
      }
    >
      {ask.isSuccess ? (
        <p className="note good" role="status">
          <Icon name="check" />
          {t(at.record ? 'asks.whole.sentRecord' : 'asks.whole.sentPage')}
        </p>
      ) : (
        <div className="ask-form">
          <p>{t(at.record ? 'asks.whole.record' : 'asks.whole.page')}</p>
          <label>
            <span>{t('ask.purpose')}</span>
            <textarea className="input" autoFocus rows={3} value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
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
