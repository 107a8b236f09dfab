import { type ReactNode, useId, useState } from 'react'
import { mailSecurities, useSetMail, type WrittenMailSettings } from '@/api/mail'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { toast } from '@/ui/toast'

/** The settings as a form. A password is written and never shown. */
export function MailForm({ settings }: { settings: WrittenMailSettings }) {
  const { t } = useText()
  const problem = useProblemText()
  const save = useSetMail()
  const { version, has_password: kept, ...now } = settings
  const [draft, setDraft] = useState({ ...now, on: version === 0 || now.on, user: now.user ?? '', link: now.link ?? '', heads_to: now.heads_to ?? '' })
  const [password, setPassword] = useState('')
  const text = (name: 'host' | 'user' | 'sender' | 'link' | 'heads_to', type = 'text', required = false) => (
    <Line label={t(`mail.${name === 'heads_to' ? 'headsTo' : name}`)} hint={name === 'link' ? t('mail.linkHint') : name === 'heads_to' ? t('mail.headsHint') : undefined}>
      {(id, hint) => (
        <input id={id} aria-describedby={hint} className="input" type={type} required={required} maxLength={300} value={draft[name]} onChange={(event) => setDraft({ ...draft, [name]: event.target.value })} />
      )}
    </Line>
  )
  return (
    <form
      className="mail-form"
      aria-label={t('mail.settings')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...draft, password: password === '' ? undefined : password, version }, { onSuccess: () => toast(t('mail.saved')) })
      }}
    >
      <Tick label={t('mail.on')} checked={draft.on} onChange={(on) => setDraft({ ...draft, on })} />
      <div className="mail-fields">
        {text('host', 'text', true)}
        <Line label={t('mail.port')}>
          {(id) => <input id={id} className="input" type="number" min={1} max={65535} required value={draft.port} onChange={(event) => setDraft({ ...draft, port: Number(event.target.value) })} />}
        </Line>
        <Line label={t('mail.security')}>
          {(id) => (
            <select id={id} className="input" value={draft.security} onChange={(event) => setDraft({ ...draft, security: mailSecurities.find((one) => one === event.target.value) ?? 'tls' })}>
              {mailSecurities.map((one) => (
                <option key={one} value={one}>
                  {t(`mail.securities.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Line>
        {text('sender', 'email', true)}
        {text('user')}
        <Line label={t('mail.password')} hint={kept ? t('mail.kept') : undefined}>
          {(id, hint) => (
            <input id={id} aria-describedby={hint} className="input" type="password" autoComplete="new-password" maxLength={500} value={password} onChange={(event) => setPassword(event.target.value)} />
          )}
        </Line>
        {text('link', 'url')}
        {text('heads_to', 'email')}
      </div>
      <Tick label={t('mail.linkOnly')} checked={draft.link_only} onChange={(link_only) => setDraft({ ...draft, link_only })} />
      {save.error && (
        <p className="form-fault" role="alert">
          {problem(save.error)}
        </p>
      )}
      <button type="submit" className="btn primary" disabled={save.isPending}>
        {t('mail.save')}
      </button>
    </form>
  )
}

function Line({ label, hint, children }: { label: string; hint?: string; children: (id: string, hint?: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="mail-line">
      <label htmlFor={id}>{label}</label>
      {children(id, hint && `${id}-hint`)}
      {hint && (
        <small id={`${id}-hint`} className="muted">
          {hint}
        </small>
      )}
    </div>
  )
}

function Tick({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="mail-tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
