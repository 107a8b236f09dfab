import { useState } from 'react'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  busy: boolean
  changed: boolean
  failure?: string
  onChange: (change: { old: string; new: string }) => void
}

export function PasswordView({ busy, changed, failure, onChange }: Props) {
  const { t } = useText()
  const [wrong, setWrong] = useState<string>()
  const said = wrong ?? failure
  return (
    <form
      className="password-form"
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData(event.currentTarget)
        const [old = '', next = '', again = ''] = ['old', 'new', 'repeat'].map((name) => String(data.get(name) ?? ''))
        const fault = !old || !next ? t('account.required') : next === again ? undefined : t('account.different')
        setWrong(fault)
        if (!fault) onChange({ old, new: next })
      }}
    >
      {said && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {said}
        </p>
      )}
      {changed && !said && (
        <p className="note good" role="status">
          <Icon name="check" />
          {t('account.changed')}
        </p>
      )}
      <label htmlFor="old">{t('account.old')}</label>
      <input className="input" id="old" name="old" type="password" autoComplete="current-password" />
      <label htmlFor="new">{t('account.new')}</label>
      <input className="input" id="new" name="new" type="password" autoComplete="new-password" />
      <label htmlFor="repeat">{t('account.repeat')}</label>
      <input className="input" id="repeat" name="repeat" type="password" autoComplete="new-password" />
      <button type="submit" className="btn primary" disabled={busy}>
        {t('account.change')}
      </button>
    </form>
  )
}
