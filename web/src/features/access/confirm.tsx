import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'

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
  const problem = useProblemText()
  return (
    <FormDialog title={title} act={act} danger off={busy} onAct={onAct} onCancel={onCancel}>
      <p>{text}</p>
      {error != null && (
        <p className="form-fault" role="alert">
          {problem(error)}
        </p>
      )}
    </FormDialog>
  )
}
