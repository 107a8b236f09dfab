import { useId, useState } from 'react'
import { type Sandbox, useExtendSandbox, useRenameSandbox } from '@/api/sandboxes'
import { useText } from '@/lib/usetext'
import { localText } from '@/permission/grantwindow'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'

interface Props {
  box: Sandbox
  onClose: () => void
}

const day = 24 * 3600_000

/** Decides the sandbox anew, until another end. */
export function ExtendSandbox({ box, onClose }: Props) {
  const { t } = useText()
  const id = useId()
  const [until, setUntil] = useState(() => localText(new Date(new Date(box.until).getTime() + 7 * day)))
  const [lack, setLack] = useState(false)
  const extend = useExtendSandbox(box.id)
  const save = () => {
    const at = new Date(until)
    setLack(Number.isNaN(at.getTime()))
    if (Number.isNaN(at.getTime())) return
    extend.mutate(at.toISOString(), {
      onSuccess: () => {
        toast(t('sandboxes.done.extended'))
        onClose()
      },
    })
  }
  return (
    <Ask title={t('sandboxes.extend.title')} act={t('sandboxes.acts.extend')} busy={extend.isPending} lack={lack ? t('access.give.lack.until') : undefined} error={extend.error} onAct={save} onClose={onClose}>
      <p className="muted">{t('sandboxes.extend.text')}</p>
      <label htmlFor={`${id}-until`}>{t('access.give.until')}</label>
      <input id={`${id}-until`} type="datetime-local" className="input" autoFocus value={until} onChange={(event) => setUntil(event.target.value)} />
    </Ask>
  )
}

/** Gives the sandbox another title. */
export function RenameSandbox({ box, onClose }: Props) {
  const { t } = useText()
  const id = useId()
  const [title, setTitle] = useState(box.title)
  const [lack, setLack] = useState(false)
  const rename = useRenameSandbox(box.id)
  const save = () => {
    setLack(title.trim() === '')
    if (title.trim() === '') return
    rename.mutate(title.trim(), {
      onSuccess: () => {
        toast(t('sandboxes.done.renamed'))
        onClose()
      },
    })
  }
  return (
    <Ask title={t('sandboxes.rename.title')} act={t('sandboxes.acts.save')} busy={rename.isPending} lack={lack ? t('sandboxes.new.lack.title') : undefined} error={rename.error} onAct={save} onClose={onClose}>
      <label htmlFor={`${id}-title`}>{t('sandboxes.rename.label')}</label>
      <input id={`${id}-title`} className="input" autoFocus maxLength={100} value={title} onChange={(event) => setTitle(event.target.value)} />
    </Ask>
  )
}

interface AskProps {
  title: string
  act: string
  busy: boolean
  wide?: boolean
  lack?: string
  error: unknown
  onAct: () => void
  onClose: () => void
  children: React.ReactNode
}

/** A dialog that asks for something and says what went wrong with it. */
export function Ask({ title, act, busy, wide, lack, error, onAct, onClose, children }: AskProps) {
  const problem = useProblemText()
  return (
    <FormDialog title={title} wide={wide} act={act} off={busy} onAct={onAct} onCancel={onClose}>
      <div className="give-form">
        {children}
        {(lack !== undefined || error != null) && (
          <p className="form-fault" role="alert">
            {lack ?? problem(error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
