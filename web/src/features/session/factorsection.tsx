import { useState } from 'react'
import { hasFactor, useFactor, useRecoveryCodes } from '@/api/factor'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { PasskeyNote } from '@/permission/passkeynote'
import { passkeyHindrance } from '@/lib/webauthn'
import { AddPasskey } from './addpasskey'
import { Passkeys } from './passkeys'
import { RecoveryDialog } from './recoverydialog'
import { RemoveFactor } from './removefactor'
import { SetUpFactor } from './setupfactor'
import './factor.css'

/** How one's second factor stands, and the ways to set it up, to renew the codes, and to remove it. */
export function FactorSection() {
  const { t, format } = useText()
  const problemText = useProblemText()
  const factor = useFactor()
  const renew = useRecoveryCodes()
  const [open, setOpen] = useState<'setUp' | 'remove' | 'passkey'>()
  const [codes, setCodes] = useState<string[]>()
  if (factor.isPending) return <BoneRows rows={1} />
  if (!factor.data || hasFailed(factor)) return <Failure error={factor.error} onRetry={() => void factor.refetch()} />
  const { since, codes_left, passkeys, passkey_origin } = factor.data
  const has = hasFactor(factor.data)
  const shown = (made: string[]) => {
    setOpen(undefined)
    if (made.length > 0) setCodes(made)
  }
  return (
    <>
      <div className="factor-state">
        <span className={has ? 'tag tag-green' : 'tag'}>{t(has ? 'factor.on' : 'factor.off')}</span>
        {has && (
          <span className={codes_left < 3 ? 'factor-low' : 'muted'}>
            {since && `${format.moment(since)} · `}
            {t('factor.codesLeft', { count: codes_left })}
          </span>
        )}
        <span className="factor-acts">
          {!passkeyHindrance(passkey_origin) && (
            <button type="button" className={has ? 'btn' : 'btn primary'} onClick={() => setOpen('passkey')}>
              {t('factor.passkey.add')}
            </button>
          )}
          {!since && (
            <button type="button" className="btn" onClick={() => setOpen('setUp')}>
              {t('factor.setUp')}
            </button>
          )}
          {has && (
            <button type="button" className="btn" disabled={renew.isPending} onClick={() => renew.mutate(undefined, { onSuccess: (answer) => setCodes(answer.codes) })}>
              {t('factor.renew')}
            </button>
          )}
          {since && (
            <button type="button" className="btn" onClick={() => setOpen('remove')}>
              {t('factor.remove')}
            </button>
          )}
        </span>
      </div>
      {renew.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(renew.error)}
        </p>
      )}
      <Passkeys passkeys={passkeys} now={factor.dataUpdatedAt} />
      {factor.data.keep && has && <p className="muted">{t('factor.kept')}</p>}
      <PasskeyNote origin={passkey_origin} />
      {open === 'setUp' && <SetUpFactor onClose={() => setOpen(undefined)} onDone={shown} />}
      {open === 'passkey' && <AddPasskey first={!has} onClose={() => setOpen(undefined)} onDone={shown} />}
      {open === 'remove' && <RemoveFactor last={passkeys.length === 0} onClose={() => setOpen(undefined)} />}
      {codes && <RecoveryDialog codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  )
}
