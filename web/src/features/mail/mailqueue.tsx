import { useId, useState } from 'react'
import { type Mail, useMailAgain, useMails, useTryMail } from '@/api/mail'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'
import '@/ui/logtable.css'

/** A mail to try the settings, and what became of all that went out. */
export function MailQueue({ on }: { on: boolean }) {
  const { t } = useText()
  const mails = useMails()
  return (
    <>
      {on && <TryForm />}
      <section className="mail-queue">
        <h2>{t('mail.queue')}</h2>
        {mails.isPending ? <BoneRows rows={3} /> : !mails.data || hasFailed(mails) ? <Failure error={mails.error} onRetry={() => void mails.refetch()} /> : <Mails list={mails.data} />}
      </section>
    </>
  )
}

function TryForm() {
  const { t } = useText()
  const problem = useProblemText()
  const send = useTryMail()
  const [to, setTo] = useState('')
  const field = useId()
  return (
    <form
      className="mail-try"
      aria-label={t('mail.try')}
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate(to)
      }}
    >
      <label htmlFor={field}>{t('mail.tryTo')}</label>
      <input id={field} className="input" type="email" required value={to} onChange={(event) => setTo(event.target.value)} />
      <button type="submit" className="btn" disabled={to === '' || send.isPending}>
        {t('mail.send')}
      </button>
      {send.error && (
        <p className="form-fault" role="alert">
          {problem(send.error)}
        </p>
      )}
    </form>
  )
}

const abouts = ['test', 'report', 'heads'] as const
const steps = ['connect', 'tls', 'auth', 'sender', 'recipient', 'timeout', 'cut_off', 'no_right', 'report', 'send'] as const

function Mails({ list }: { list: Mail[] }) {
  const { t, format } = useText()
  if (list.length === 0) return <p className="muted">{t('mail.none')}</p>
  return (
    <div className="log-table" role="region" aria-label={t('mail.queue')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('mail.when')}</th>
            <th scope="col">{t('mail.what')}</th>
            <th scope="col">{t('mail.to')}</th>
            <th scope="col">{t('mail.state')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((m) => (
            <tr key={m.id}>
              <td className="num">{format.moment(m.sent_at ?? m.created_at)}</td>
              <td>{t(`mail.about.${abouts.find((one) => one === m.about) ?? 'other'}`)}</td>
              <td>{m.person?.name ?? m.to}</td>
              <td>
                <Standing mail={m} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Standing({ mail }: { mail: Mail }) {
  const { t, format } = useText()
  const problem = useProblemText()
  const again = useMailAgain()
  const [step, ...said] = (mail.failed ?? '').split(': ')
  return (
    <>
      <span className={`mail-state ${mail.state}`}>{t(`mail.states.${mail.state}`)}</span>
      {mail.failed && (
        <p>
          {t(`mail.steps.${steps.find((one) => one === step) ?? 'send'}`)} {said.length > 0 && <small className="muted">{said.join(': ')}</small>}
        </p>
      )}
      {mail.next_at && <p className="muted">{t('mail.next', { at: format.moment(mail.next_at) })}</p>}
      {(mail.state === 'failed' || mail.state === 'unsure') && (
        <button type="button" className="btn" disabled={again.isPending} onClick={() => again.mutate(mail.id)}>
          {t('mail.again')}
        </button>
      )}
      {again.error && (
        <p className="form-fault" role="alert">
          {problem(again.error)}
        </p>
      )}
    </>
  )
}
