import { useState } from 'react'
import { useFactor, useRecoveryCodes } from '@/api/factor'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
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
  const [open, setOpen] = useState<'setUp' | 'remove'>()
  const [codes, setCodes] = useState<string[]>()
  if (factor.isPending) return <BoneRows rows={1} />
  if (!factor.data || hasFailed(factor)) return <Failure error={factor.error} onRetry={() => void factor.refetch()} />
  const { since, codes_left } = factor.data
  return (
    <>
      <div className="factor-state">
        <span className={since ? 'tag tag-green' : 'tag'}>{t(since ? 'factor.on' : 'factor.off')}</span>
        {since && (
          <span className={codes_left < 3 ? 'factor-low' : 'muted'}>
            {format.moment(since)} · {t('factor.codesLeft', { count: codes_left })}
          </span>
        )}
        <span className="factor-acts">
          {!since && (
            <button type="button" className="btn primary" onClick={() => setOpen('setUp')}>
              {t('factor.setUp')}
            </button>
          )}
          {since && (
            <>
              <button type="button" className="btn" disabled={renew.isPending} onClick={() => renew.mutate(undefined, { onSuccess: (answer) => setCodes(answer.codes) })}>
                {t('factor.renew')}
              </button>
              <button type="button" className="btn" onClick={() => setOpen('remove')}>
                {t('factor.remove')}
              </button>
            </>
          )}
        </span>
      </div>
      {renew.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(renew.error)}
        </p>
      )}
      {open === 'setUp' && (
        <SetUpFactor
          onClose={() => setOpen(undefined)}
          onDone={(made) => {
            setOpen(undefined)
            setCodes(made)
          }}
        />
      )}
      {open === 'remove' && <RemoveFactor onClose={() => setOpen(undefined)} />}
      {codes && <RecoveryDialog codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  )
}
