import { type ReactNode, useState } from 'react'
import { type Changes, type HandedOut, useChanges } from '@/api/company'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { ImpactView } from './impactview'

interface Props {
  title: string
  /** What is to be changed; undefined while something is missing. */
  changes?: Changes
  confirm: string
  danger?: boolean
  done: string
  children: ReactNode
  /** What is shown at the end; without it the dialog closes with a notice. */
  result?: (made: { joined: HandedOut[]; handed: number }) => ReactNode
  onClose: () => void
}

/** A change in three steps: what, whom it concerns, done. Nothing is written before the second. */
export function ChangeDialog({ title, changes, confirm, danger, done, children, result, onClose }: Props) {
  const { t } = useText()
  const problemText = useProblemText()
  const [preview, setPreview] = useState<Changes>()
  const make = useChanges()
  const made = make.data
  if (made && result)
    return (
      <Dialog
        title={done}
        wide
        onCancel={onClose}
        footer={
          <button type="button" className="btn primary" onClick={onClose}>
            {t('company.close')}
          </button>
        }
      >
        {result(made)}
      </Dialog>
    )
  const run = () => {
    if (!preview) return
    make.mutate(preview, {
      onSuccess: () => {
        if (result) return
        toast(done)
        onClose()
      },
    })
  }
  return (
    <Dialog
      title={title}
      wide
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={preview ? () => setPreview(undefined) : onClose}>
            {t(preview ? 'company.back' : 'company.cancel')}
          </button>
          {preview ? (
            <button type="button" className={danger ? 'btn danger' : 'btn primary'} disabled={make.isPending} onClick={run}>
              {confirm}
            </button>
          ) : (
            <button type="button" className="btn primary" disabled={!changes} onClick={() => setPreview(changes)}>
              {t('company.preview')}
            </button>
          )}
        </>
      }
    >
      <div className="change-form" hidden={preview !== undefined}>
        {children}
      </div>
      {preview && (
        <>
          <p className="muted">{t('company.impact.lead')}</p>
          <ImpactView changes={preview} />
        </>
      )}
      {make.isError && (
        <p className="note bad" role="alert">
          {problemText(make.error)}
        </p>
      )}
    </Dialog>
  )
}
