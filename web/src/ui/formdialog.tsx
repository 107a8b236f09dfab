import type { ReactNode } from 'react'
import { useText } from '@/lib/usetext'
import { Dialog } from './dialog'

interface Props {
  title: string
  wide?: boolean
  /** The word of the one thing that the dialog is for. */
  act: ReactNode
  danger?: boolean
  /** It cannot be done now. */
  off?: boolean
  /** The form that it sends; else what it does. */
  form?: string
  onAct?: () => void
  onCancel: () => void
  children: ReactNode
}

/** A dialog that is cancelled, or ends by the one thing that it is for. */
export function FormDialog({ act, danger, off, form, onAct, ...dialog }: Props) {
  const { t } = useText()
  return (
    <Dialog
      {...dialog}
      footer={
        <>
          <button type="button" className="btn" autoFocus={danger && !form} onClick={dialog.onCancel}>
            {t('app.cancel')}
          </button>
          <button type={form ? 'submit' : 'button'} form={form} className={danger ? 'btn danger' : 'btn primary'} disabled={off} onClick={onAct}>
            {act}
          </button>
        </>
      }
    />
  )
}
