import { useState } from 'react'
import { forget } from '@/api/freshness'
import { signOut, usePassword } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Logo } from '@/ui/logo'
import './session.css'

/** Somebody else chose the password: before anything else one chooses one's own. */
export default function OwnPassword({ onDone }: { onDone: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const change = usePassword()
  const [failure, setFailure] = useState<string>()
  useTitle(t('company.own.title'))
  return (
    <main className="own-password">
      <form
        className="signin-form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget)
          const text = (name: string) => String(data.get(name) ?? '')
          if (text('new') !== text('again')) {
            setFailure(t('company.own.differs'))
            return
          }
          change.mutate(
            { old: text('old'), new: text('new') },
            {
              onSuccess: () => {
                forget()
                onDone()
              },
              onError: (error) => setFailure(problemText(error)),
            },
          )
        }}
      >
        <span className="signin-mark">
          <Logo />
        </span>
        <h1>{t('company.own.title')}</h1>
        <p className="muted">{t('company.own.text')}</p>
        {failure && (
          <p className="note bad" role="alert">
            {failure}
          </p>
        )}
        <label htmlFor="old">{t('company.own.old')}</label>
        <input className="input" id="old" name="old" type="password" autoComplete="current-password" autoFocus />
        <label htmlFor="new">{t('company.own.new')}</label>
        <input className="input" id="new" name="new" type="password" autoComplete="new-password" />
        <label htmlFor="again">{t('company.own.again')}</label>
        <input className="input" id="again" name="again" type="password" autoComplete="new-password" />
        <button type="submit" className="btn primary signin-go" disabled={change.isPending}>
          {t('company.own.save')}
        </button>
        <button type="button" className="quiet" onClick={() => void signOut().finally(() => location.assign('/sign-in'))}>
          {t('company.own.out')}
        </button>
      </form>
    </main>
  )
}
