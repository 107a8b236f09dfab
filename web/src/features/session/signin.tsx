import { useState } from 'react'
import { problemOf } from '@/api/problem'
import { signIn } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { passkeyFault } from '@/lib/webauthn'
import { SignInView } from './signinview'

/** The words for who has shown the right password: the first page is light without them. */
const moreTexts = () => withTexts(['factor'], Promise.resolve())

/** Passkeys are asked for by who has one. */
const passkeys = () => import('@/api/passkeys')

/** What is said to who has shown the right password and is not let in. */
const asked = ['factor_code', 'account_frozen', 'device_blocked'] as const

/** What leaves the second factor to be shown. */
const asks = ['second_factor_required', 'factor_code', 'account_frozen', 'passkey', 'passkey_copied', 'passkey_origin']

interface Props {
  /** The session ended while somebody worked. */
  expired: boolean
  onDone: () => void
}

export function SignInPage({ expired, onDone }: Props) {
  const { t } = useText()
  const problemText = useProblemText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [asksCode, setAsksCode] = useState(false)
  // Where the passkeys of who has some are proved.
  const [passkeysAt, setPasskeysAt] = useState<string>()
  useTitle(t('signIn.title'))

  const explain = (error: unknown): string => {
    const fault = passkeyFault(error)
    if (fault) return t(`factor.passkey.${fault}`)
    const problem = problemOf(error)
    if (problem.status === 401) return t('signIn.failed')
    const wanted = asked.find((code) => code === problem.code)
    if (wanted) return t(`signIn.${wanted}`)
    if (problem.kind !== 'Locked') return problemText(error)
    const wait = Number(problem.params?.retry_after)
    if (!Number.isFinite(wait) || wait <= 0) return t('signIn.lockedSoon')
    const time =
      wait < 90
        ? t('signIn.seconds', { count: Math.ceil(wait) })
        : t('signIn.minutes', { count: Math.ceil(wait / 60) })
    return t('signIn.locked', { time })
  }

  const submit = async (login: string, password: string, code: string, byPasskey: boolean) => {
    if (!login || !password) {
      setFailure(t('signIn.required'))
      return
    }
    setBusy(true)
    setFailure(undefined)
    try {
      const answer = await signIn(login, password, byPasskey ? { passkey: await (await passkeys()).passkeyToSignIn(login, password) } : { code: code || undefined })
      if (!answer.waiting) return onDone()
      await moreTexts()
      setFailure(t('signIn.device_waiting'))
    } catch (error) {
      const problem = problemOf(error)
      if (problem.status === 403 || problem.status === 409) await moreTexts()
      setAsksCode(asks.includes(problem.code) || (asksCode && (problem.kind === 'Locked' || passkeyFault(error) !== undefined)))
      if (problem.code === 'second_factor_required') setPasskeysAt(problem.params?.passkey_origin as string | undefined)
      setFailure(problem.code === 'second_factor_required' ? undefined : explain(error))
    }
    setBusy(false)
  }

  return <SignInView expired={expired} busy={busy} failure={failure} asksCode={asksCode} passkeysAt={passkeysAt} onSubmit={(...given) => void submit(...given)} />
}
