import { type ReactNode, useId } from 'react'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'

interface Props {
  title: string
  go: string
  danger?: boolean
  ready: boolean
  failure?: string
  onClose: () => void
  onGo: () => void
  children: ReactNode
}

/** The form of what is done with a second factor: what went wrong stands above its fields. */
export function FactorDialog({ title, go, danger, ready, failure, onClose, onGo, children }: Props) {
  const { t } = useText()
  const form = useId()
  return (
    <Dialog
      title={title}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" form={form} className={danger ? 'btn danger' : 'btn primary'} disabled={!ready}>
            {go}
          </button>
        </>
      }
    >
      <form
        id={form}
        className="factor-form"
        onSubmit={(event) => {
          event.preventDefault()
          onGo()
        }}
      >
        {failure && (
          <p className="note bad" role="alert">
            <Icon name="warn" />
            {failure}
          </p>
        )}
        {children}
      </form>
    </Dialog>
  )
}

/** One's own password, once more. */
export function PasswordField({ id, value, onChange }: { id: string; value: string; onChange: (value: string) => void }) {
  const { t } = useText()
  return (
    <>
      <label htmlFor={`${id}-password`}>{t('factor.password')}</label>
      <input className="input" id={`${id}-password`} type="password" autoComplete="current-password" value={value} onChange={(event) => onChange(event.target.value)} />
    </>
  )
}
