import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { hasFactor, useFactor, useProve } from '@/api/factor'
import { useProvePasskey } from '@/api/passkeys'
import { useText } from '@/lib/usetext'
import { passkeyHindrance } from '@/lib/webauthn'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { PasskeyNote, useFactorText } from './passkeynote'
import './proof.css'

/** Asks for the second factor: a passkey first of who has one, or a code; who has none is told where to set one up. */
export default function ProofDialog({ onDone }: { onDone: (proved: boolean) => void }) {
  const { t } = useText()
  const factorText = useFactorText()
  const factor = useFactor()
  const prove = useProve()
  const passkey = useProvePasskey()
  const [code, setCode] = useState('')
  const id = useId()
  // Nothing is known of a factor that could not be read: then the code says.
  const none = factor.data !== undefined && !hasFactor(factor.data)
  const passkeys = factor.data !== undefined && factor.data.passkeys.length > 0
  const here = passkeys && !passkeyHindrance(factor.data.passkey_origin)
  const error = prove.error ?? passkey.error
  const busy = prove.isPending || passkey.isPending
  const done = { onSuccess: () => onDone(true) }
  return (
    <Dialog
      title={t('factor.proof.title')}
      onCancel={() => onDone(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => onDone(false)}>
            {t('app.cancel')}
          </button>
          {none ? (
            <Link to="/account" className="btn primary" onClick={() => onDone(false)}>
              {t('factor.proof.setUp')}
            </Link>
          ) : (
            <button type="submit" form={id} className={here ? 'btn' : 'btn primary'} disabled={code.trim() === '' || busy}>
              {t('factor.proof.go')}
            </button>
          )}
        </>
      }
    >
      {factor.isPending && <BoneRows rows={2} />}
      {none && <p>{t('factor.proof.none')}</p>}
      {!factor.isPending && !none && (
        <form
          id={id}
          className="proof-form"
          onSubmit={(event) => {
            event.preventDefault()
            passkey.reset()
            prove.mutate(code, done)
          }}
        >
          <p>{t('factor.proof.text')}</p>
          {error && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {factorText(error)}
            </p>
          )}
          {here && (
            <>
              <button
                type="button"
                className="btn primary"
                autoFocus
                disabled={busy}
                onClick={() => {
                  prove.reset()
                  passkey.mutate(undefined, done)
                }}
              >
                {t('factor.passkey.prove')}
              </button>
              <p className="proof-or muted">{t('factor.passkey.or')}</p>
            </>
          )}
          {passkeys && <PasskeyNote origin={factor.data.passkey_origin} />}
          <label htmlFor={`${id}-code`}>{t('signIn.code')}</label>
          <input
            className="input"
            id={`${id}-code`}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={!here}
            aria-describedby={`${id}-hint`}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <p className="muted" id={`${id}-hint`}>
            {t('signIn.codeHint')}
          </p>
        </form>
      )}
    </Dialog>
  )
}
