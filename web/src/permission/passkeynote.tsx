import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { passkeyFault, passkeyHindrance } from '@/lib/webauthn'
import { Icon } from '@/ui/icons'
import { useProblemText } from './problemtext'

/** What went wrong with a second factor: at the browser, or with what was shown. */
export function useFactorText() {
  const { t } = useText()
  const problemText = useProblemText()
  return (error: unknown) => {
    const fault = passkeyFault(error)
    if (fault) return t(`factor.passkey.${fault}`)
    const { code } = problemOf(error)
    return code === 'factor_code' ? t('signIn.factor_code') : code === 'credentials' ? t('account.wrongOld') : problemText(error)
  }
}

/** Why passkeys do not work on this page, where they do not. */
export function PasskeyNote({ origin }: { origin?: string }) {
  const { t } = useText()
  const why = passkeyHindrance(origin)
  if (!why) return null
  return (
    <p className="note">
      <Icon name="info" />
      <span>
        {t(`factor.passkey.${why}`)} {why === 'elsewhere' && <a href={origin}>{origin}</a>}
      </span>
    </p>
  )
}
