import type { Account } from '@/api/company'
import { useResetFactor, useThaw } from '@/api/factor'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** What else stands before a sign-in as somebody: a second factor, or that the account is frozen. */
export default function Hardened({ account }: { account: Account }) {
  const { t } = useText()
  const problemText = useProblemText()
  const reset = useResetFactor(account.person)
  const thaw = useThaw(account.person)
  const failure = reset.error ?? thaw.error
  return (
    <>
      {account.frozen_at && (
        <>
          <span className="tag state-frozen">{t('factor.account.frozen')}</span>
          <span className="muted">{t(`factor.account.why.${account.frozen_why === 'factor' || account.frozen_why === 'watch' ? account.frozen_why : 'unusual'}`)}</span>
          <button type="button" className="btn" disabled={thaw.isPending} onClick={() => thaw.mutate()}>
            {t('factor.account.thaw')}
          </button>
        </>
      )}
      {account.factor && (
        <>
          <span className="tag tag-green">{t('factor.account.on')}</span>
          <button type="button" className="quiet" disabled={reset.isPending} onClick={() => reset.mutate()}>
            {t('factor.account.reset')}
          </button>
        </>
      )}
      {failure && <span className="note bad">{problemText(failure)}</span>}
    </>
  )
}
