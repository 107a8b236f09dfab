import { useState } from 'react'
import { hasFailed, problemOf } from '@/api/problem'
import { usePassword, useRevoke, useSessions } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'
import { AwaySettings } from './away'
import { Devices } from './devices'
import { FactorSection } from './factorsection'
import { OwnNoteForm } from './ownnote'
import { PasswordView } from './passwordview'
import { SessionsView } from './sessionsview'
import { Standing } from './standing'
import { Tokens } from './tokens'
import './account.css'

export default function AccountPage() {
  const { t } = useText()
  const problemText = useProblemText()
  const sessions = useSessions()
  const revoke = useRevoke()
  const password = usePassword()
  const [round, setRound] = useState(0)
  useTitle(t('account.title'))

  return (
    <div className="account">
      <h1>{t('account.title')}</h1>
      <section className="card" aria-labelledby="standing-title">
        <h2 id="standing-title">{t('account.standing')}</h2>
        <p className="hint">{t('account.standingHint')}</p>
        <Standing />
      </section>
      <section className="card" aria-labelledby="away-title">
        <h2 id="away-title">{t('account.away.title')}</h2>
        <p className="hint">{t('account.away.hint')}</p>
        <AwaySettings />
      </section>
      <section className="card" aria-labelledby="ownnote-title">
        <h2 id="ownnote-title">{t('account.ownNote.title')}</h2>
        <p className="hint">{t('account.ownNote.hint')}</p>
        <OwnNoteForm />
      </section>
      <section className="card" aria-labelledby="sessions-title">
        <h2 id="sessions-title">{t('account.sessions')}</h2>
        <p className="hint">{t('account.sessionsHint')}</p>
        {sessions.isPending && <BoneRows rows={2} />}
        {hasFailed(sessions) && <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />}
        {sessions.data && (
          <SessionsView
            sessions={sessions.data.items}
            now={sessions.dataUpdatedAt}
            busy={revoke.isPending ? revoke.variables : undefined}
            failure={revoke.error ? problemText(revoke.error) : undefined}
            onRevoke={(id) => revoke.mutate(id)}
          />
        )}
      </section>
      <section className="card" aria-labelledby="factor-title">
        <h2 id="factor-title">{t('factor.title')}</h2>
        <p className="hint">{t('factor.hint')}</p>
        <FactorSection />
      </section>
      <section className="card" aria-labelledby="devices-title">
        <h2 id="devices-title">{t('factor.device.title')}</h2>
        <p className="hint">{t('factor.device.hint')}</p>
        <Devices />
      </section>
      <section className="card" aria-labelledby="tokens-title">
        <h2 id="tokens-title">{t('account.tokens')}</h2>
        <p className="hint">{t('account.tokensHint')}</p>
        <Tokens />
      </section>
      <section className="card" aria-labelledby="password-title">
        <h2 id="password-title">{t('account.password')}</h2>
        <p className="hint" />
        <PasswordView
          key={round}
          busy={password.isPending}
          changed={password.isSuccess}
          failure={
            password.error
              ? problemOf(password.error).code === 'credentials'
                ? t('account.wrongOld')
                : problemText(password.error)
              : undefined
          }
          onChange={(change) =>
            password.mutate(change, {
              onSuccess: () => {
                setRound(round + 1)
                void sessions.refetch()
              },
            })
          }
        />
      </section>
    </div>
  )
}
