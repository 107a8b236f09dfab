import { useText } from '@/lib/usetext'
import type { StepProps } from './form'

interface FieldProps {
  id: string
  label: string
  value: string
  wrong?: string
  hint?: string
  type?: string
  autoComplete?: string
  onChange: (value: string) => void
}

function TextField({ id, label, value, wrong, hint, type = 'text', autoComplete = 'off', onChange }: FieldProps) {
  const notes = [wrong && `${id}-wrong`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className="setup-field">
      <label htmlFor={id}>{label}</label>
      <input
        className="input"
        id={id}
        type={type}
        autoComplete={autoComplete}
        spellCheck={false}
        value={value}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={notes}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong && (
        <p className="setup-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
      {hint && (
        <p className="muted" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

export function CompanyStep({ form, change, wrong }: StepProps) {
  const { t } = useText()
  return (
    <TextField
      id="setup-company"
      label={t('setup.company.name')}
      hint={t('setup.company.hint')}
      autoComplete="organization"
      value={form.company}
      wrong={wrong['company.name']}
      onChange={(company) => change({ company })}
    />
  )
}

export function AdminStep({ form, change, wrong }: StepProps) {
  const { t } = useText()
  return (
    <>
      <div className="setup-two">
        <TextField id="setup-name" label={t('setup.admin.name')} autoComplete="name" value={form.name} wrong={wrong['admin.name']} onChange={(name) => change({ name })} />
        <TextField id="setup-login" label={t('setup.admin.login')} autoComplete="username" value={form.login} wrong={wrong['admin.login']} onChange={(login) => change({ login })} />
        <TextField id="setup-password" type="password" label={t('setup.admin.password')} hint={t('setup.admin.short8')} autoComplete="new-password" value={form.password} wrong={wrong['admin.password']} onChange={(password) => change({ password })} />
        <TextField id="setup-again" type="password" label={t('setup.admin.again')} autoComplete="new-password" value={form.again} wrong={wrong['admin.again']} onChange={(again) => change({ again })} />
      </div>
      <fieldset className="setup-choice">
        <legend>{t('setup.admin.who')}</legend>
        {[true, false].map((sees) => (
          <label key={String(sees)} className={form.seesAll === sees ? 'chosen' : ''}>
            <input type="radio" name="sees" checked={form.seesAll === sees} onChange={() => change({ seesAll: sees })} />
            <span>
              <strong>{t(sees ? 'setup.admin.boss' : 'setup.admin.plain')}</strong>
              <span className="muted">{t(sees ? 'setup.admin.bossText' : 'setup.admin.plainText')}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  )
}
