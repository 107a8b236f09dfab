import { useId, useState } from 'react'
import type { GrantPlan } from '@/api/grants'
import { type NewShare, usePlanShare } from '@/api/sandboxes'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { noShare, ShareForm, shareOf } from '@/permission/shareform'
import { SharePlan } from '@/permission/shareplan'
import { type PickedRecord, PickRecords } from './pickrecords'

interface Props {
  kinds: Kind[]
  purpose: string
  from?: string
  until: string
  /** What is done with what was checked. */
  act: string
  busy?: boolean
  onShare: (share: NewShare, plan: GrantPlan) => void
  /** Whether something is chosen and not yet put in. */
  onPending?: (pending: boolean) => void
}

/** Chooses records and fields, and says what that would be before it is put in. */
export function ShareAdder({ kinds, purpose, from, until, act, busy, onShare, onPending }: Props) {
  const { t, pick } = useText()
  const id = useId()
  const shared = kinds.filter((one) => one.name !== 'person')
  const [name, setName] = useState(shared.find((one) => one.name === 'customer')?.name ?? shared[0]?.name)
  const kind = shared.find((one) => one.name === name)
  const [picked, setPicks] = useState<PickedRecord[]>([])
  const setPicked = (next: PickedRecord[]) => {
    setPicks(next)
    onPending?.(next.length > 0)
  }
  const [draft, setDraft] = useState(noShare)
  const [lack, setLack] = useState<string>()
  const [asked, setAsked] = useState<NewShare>()
  const plan = usePlanShare()
  const problem = useProblemText()
  if (!kind) return null
  const ask = () => {
    const missing = picked.length === 0 ? t('sandboxes.new.lack.records') : draft.fields.length === 0 ? t('sandboxes.new.lack.fields') : undefined
    setLack(missing)
    if (missing) return
    const share = shareOf(kind, { ids: picked.map((one) => one.id) }, draft)
    plan.mutate({ ...share, purpose, ...(from ? { from } : {}), until }, { onSuccess: () => setAsked(share) })
  }
  const put = () => {
    if (!asked || !plan.data) return
    onShare(asked, plan.data)
    setAsked(undefined)
    setPicked([])
    setDraft(noShare)
  }
  const fault = lack ?? (plan.error ? problem(plan.error) : undefined)
  return (
    <div className="give-form">
      {asked && plan.data ? (
        <SharePlan plan={plan.data} />
      ) : (
        <>
          <label htmlFor={`${id}-kind`}>{t('sandboxes.new.kind')}</label>
          <select
            id={`${id}-kind`}
            className="input"
            value={kind.name}
            onChange={(event) => {
              setName(event.target.value)
              setPicked([])
              setDraft(noShare)
            }}
          >
            {shared.map((one) => (
              <option key={one.name} value={one.name}>
                {pick(one.label)}
              </option>
            ))}
          </select>
          <PickRecords key={kind.name} kind={kind} picked={picked} onPicked={setPicked} />
          <ShareForm kind={kind} chosen={{ ids: picked.map((one) => one.id) }} draft={draft} onDraft={setDraft} />
          <p className="muted">{t('sandboxes.new.many')}</p>
        </>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
      <div className="grant-acts">
        {asked && (
          <button type="button" className="btn" onClick={() => setAsked(undefined)}>
            {t('access.give.back')}
          </button>
        )}
        <button type="button" className="btn" disabled={plan.isPending || busy} onClick={asked ? put : ask}>
          {asked ? act : t('access.give.look')}
        </button>
      </div>
    </div>
  )
}
