import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'

interface Props {
  title: string
  text: string
  act: string
  error: unknown
  busy: boolean
  onCancel: () => void
  onAct: () => void
}

/** Asks before access ends. */
export function Confirm({ title, text, act, error, busy, onCancel, onAct }: Props) {
  const { t } = useText()
  const problem = useProblemText()
  return (
    <Dialog
      title={title}
      onCancel={onCancel}
      footer={
        <>
          <button type="button" className="btn" autoFocus onClick={onCancel}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn danger" disabled={busy} onClick={onAct}>
            {act}
          </button>
        </>
      }
    >
      <p>{text}</p>
      {error != null && (
        <p className="form-fault" role="alert">
          {problem(error)}
        </p>
      )}
    </Dialog>
  )
}
