import { useId, useState } from 'react'
import { type Grant, useExtendGrant } from '@/api/grants'
import { useText } from '@/lib/usetext'
import { endingAfter, localText, momentsOf, type Window } from '@/permission/grantwindow'
import { useProblemText } from '@/permission/problemtext'
import { WindowFields } from '@/permission/windowfields'
import { FormDialog } from '@/ui/formdialog'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'

/** Gives again what a grant gives, until another end. */
export function ExtendDialog({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t, pick } = useText()
  const id = useId()
  // What would end before the grant does is no extension: late on a Sunday the week is none.
  const [offer] = useState(() => endingAfter(new Date(grant.until), new Date()))
  const [window, setWindow] = useState<Window>(() => {
    const day = new Date(Math.max(Date.parse(grant.until), Date.now()))
    day.setDate(day.getDate() + 1)
    return { span: offer.includes('week') ? 'week' : 'custom', from: '', until: localText(day) }
  })
  const [purpose, setPurpose] = useState('')
  const [lack, setLack] = useState(false)
  const extend = useExtendGrant()
  const problem = useProblemText()
  const save = () => {
    const moments = momentsOf(window, new Date())
    setLack(!moments)
    if (!moments) return
    extend.mutate(
      { id: grant.id, until: moments.until, ...(purpose.trim() ? { purpose: purpose.trim() } : {}) },
      {
        onSuccess: () => {
          toast(t('access.extend.done'))
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('access.extend.title', { person: grant.receiver.name })}
      act={t('access.extend.save')}
      off={extend.isPending}
      onAct={save}
      onCancel={onClose}
    >
      <div className="give-form">
        <p className="muted">{t('access.extend.text')}</p>
        <p><Said text={pick(grant.sentence)} /></p>
        <WindowFields window={window} onWindow={setWindow} offer={offer} />
        <label htmlFor={`${id}-purpose`}>{t('access.extend.purpose')}</label>
        <input id={`${id}-purpose`} className="input" maxLength={500} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
        {(lack || extend.error) && (
          <p className="form-fault" role="alert">
            {lack ? t('access.give.lack.until') : problem(extend.error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
