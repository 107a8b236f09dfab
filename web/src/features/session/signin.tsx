import { useState } from 'react'
import { problemOf } from '@/api/problem'
import { signIn } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { SignInView } from './signinview'

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
  useTitle(t('signIn.title'))

  const explain = (error: unknown): string => {
    const problem = problemOf(error)
    if (problem.status === 401) return t('signIn.failed')
    if (problem.kind !== 'Locked') return problemText(error)
    const wait = Number(problem.params?.retry_after)
    if (!Number.isFinite(wait) || wait <= 0) return t('signIn.lockedSoon')
    const time =
      wait < 90
        ? t('signIn.seconds', { count: Math.ceil(wait) })
        : t('signIn.minutes', { count: Math.ceil(wait / 60) })
    return t('signIn.locked', { time })
  }

  const submit = async (login: string, password: string) => {
    if (!login || !password) {
      setFailure(t('signIn.required'))
      return
    }
    setBusy(true)
    setFailure(undefined)
    try {
      await signIn(login, password)
      onDone()
    } catch (error) {
      setFailure(explain(error))
      setBusy(false)
    }
  }

  return <SignInView expired={expired} busy={busy} failure={failure} onSubmit={(l, p) => void submit(l, p)} />
}
