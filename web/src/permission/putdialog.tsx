import { useId, useState } from 'react'
import { type NewShare, useAddShare, useOpenSandbox, usePlanShare, useSandboxes } from '@/api/sandboxes'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { momentsOf, type Window } from './grantwindow'
import { useProblemText } from './problemtext'
import { noShare, type ShareChoice, ShareForm, shareOf } from './shareform'
import { SharePlan } from './shareplan'
import { WindowFields } from './windowfields'

interface Props {
  kind: Kind
  /** The records by id, or what a list shows. */
  chosen: ShareChoice
  count: number
  onClose: (put: boolean) => void
}

/** Puts records into a sandbox that is open, or into a new one: first what it would be, then that. */
export default function PutDialog({ kind, chosen, count, onClose }: Props) {
  const { t, pick, format } = useText()
  const id = useId()
  const boxes = useSandboxes({ state: 'open' })
  const mine = (boxes.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.can.includes('share'))
  const [picked, setPicked] = useState<string>()
  const box = mine.find((one) => one.id === picked)
  const [title, setTitle] = useState('')
  const [purpose, setPurpose] = useState('')
  const [window, setWindow] = useState<Window>({ span: 'week', from: '', until: '' })
  const [draft, setDraft] = useState(noShare)
  const [lack, setLack] = useState<string>()
  const [asked, setAsked] = useState<NewShare & { purpose: string; from?: string; until: string }>()
  const plan = usePlanShare()
  const add = useAddShare()
  const open = useOpenSandbox()
  const problem = useProblemText()

  const ask = () => {
    const moments = box ? { from: box.from, until: box.until } : momentsOf(window, new Date())
    const missing = box
      ? undefined
      : picked !== 'new'
        ? t('sandboxes.new.lack.box')
        : title.trim() === ''
          ? t('sandboxes.new.lack.title')
          : purpose.trim() === ''
            ? t('sandboxes.new.lack.purpose')
            : undefined
    const problemText = missing ?? (draft.fields.length === 0 ? t('sandboxes.new.lack.fields') : moments ? undefined : t('sandboxes.new.lack.until'))
    setLack(problemText)
    if (problemText || !moments) return
    const share = { ...shareOf(kind, chosen, draft), purpose: box?.purpose ?? purpose.trim(), ...moments }
    plan.mutate(share, { onSuccess: () => setAsked(share) })
  }
  const put = () => {
    if (!asked) return
    const done = {
      onSuccess: () => {
        toast(t('sandboxes.done.put'))
        onClose(true)
      },
    }
    const share = shareOf(kind, chosen, draft)
    if (box) add.mutate({ id: box.id, ...share }, done)
    else open.mutate({ title: title.trim(), purpose: asked.purpose, ...(asked.from ? { from: asked.from } : {}), until: asked.until, members: [], shares: [share] }, done)
  }
  const failed = plan.error ?? add.error ?? open.error
  const fault = lack ?? (failed ? problem(failed) : undefined)

  return (
    <Dialog
      wide
      title={t('sandboxes.put.title', { kind: pick(kind.label), count, n: format.number(count) })}
      onCancel={() => onClose(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => (asked ? setAsked(undefined) : onClose(false))}>
            {t(asked ? 'access.give.back' : 'app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={plan.isPending || add.isPending || open.isPending} onClick={asked ? put : ask}>
            {t(asked ? 'sandboxes.put.save' : 'access.give.look')}
          </button>
        </>
      }
    >
      {asked && plan.data ? (
        <SharePlan plan={plan.data} />
      ) : (
        <div className="give-form">
          <label htmlFor={`${id}-box`}>{t('sandboxes.put.which')}</label>
          <select id={`${id}-box`} className="input" value={picked ?? ''} onChange={(event) => setPicked(event.target.value || undefined)}>
            <option value="">{t('sandboxes.new.lack.box')}</option>
            {mine.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
            <option value="new">{t('sandboxes.put.fresh')}</option>
          </select>
          {picked === 'new' && (
            <>
              <label htmlFor={`${id}-title`}>{t('sandboxes.new.name')}</label>
              <input id={`${id}-title`} className="input" maxLength={100} value={title} placeholder={t('sandboxes.new.nameHint')} onChange={(event) => setTitle(event.target.value)} />
              <label htmlFor={`${id}-purpose`}>{t('sandboxes.new.purpose')}</label>
              <input id={`${id}-purpose`} className="input" maxLength={500} value={purpose} placeholder={t('sandboxes.new.purposeHint')} onChange={(event) => setPurpose(event.target.value)} />
              <WindowFields window={window} onWindow={setWindow} />
            </>
          )}
          <ShareForm kind={kind} chosen={chosen} draft={draft} onDraft={setDraft} />
        </div>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
    </Dialog>
  )
}
