import { type ReactNode, useState } from 'react'
import type { Named } from '@/api/beneath'
import { type Grant, type NewGrant, useGive, usePlanGrant } from '@/api/grants'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { type Chosen, GiveForm, grantOf, lackOf, noGift } from './giveform'
import { PersonPicker } from './personpicker'
import { useProblemText } from './problemtext'
import { SharePlan } from './shareplan'
import './give.css'

export interface GiveProps {
  kind: Kind
  chosen: Chosen
  count: number
  /** The grant that is given on: it bounds what can be chosen. */
  parent?: Grant
  /** Another way to bring the person in, chosen in the same dialog. */
  other?: OtherWay
  onClose: (given: boolean) => void
}

export interface OtherWay {
  title: string
  person: string
  /** Says which of the two it is to be. */
  choice: ReactNode
  /** What is filled in for the other way while that one is chosen. */
  form: ReactNode
  act: string
  busy: boolean
  fault: string | undefined
  onAct: (person: Named) => void
}

/** Gives somebody access for a time: first what it would be, in a sentence, then the access. */
export default function GiveDialog({ kind, chosen, count, parent, other, onClose }: GiveProps) {
  const { t, pick, format } = useText()
  const [person, setPerson] = useState<Named>()
  const [draft, setDraft] = useState(noGift)
  const [lack, setLack] = useState<string>()
  const [asked, setAsked] = useState<NewGrant>()
  const plan = usePlanGrant()
  const give = useGive()
  const problem = useProblemText()
  const without = other?.form !== undefined

  const ask = () => {
    const missing = !person ? 'access.give.lack.person' : without ? undefined : lackOf(draft, parent)
    setLack(missing && t(missing))
    if (missing || !person) return
    if (other && without) return other.onAct(person)
    const grant = grantOf(kind, chosen, person.id, draft, parent)
    if (grant) plan.mutate(grant, { onSuccess: () => setAsked(grant) })
  }
  const done = () => {
    if (!asked) return
    give.mutate(asked, {
      onSuccess: (made) => {
        toast(t('access.give.done', { person: made.receiver.name }))
        onClose(true)
      },
    })
  }
  const failed = plan.error ?? give.error
  const fault = lack ?? (without ? other?.fault : failed ? problem(failed) : undefined)

  return (
    <Dialog
      wide
      title={other?.title ?? t('access.give.title', { kind: pick(kind.label), count, n: format.number(count) })}
      onCancel={() => onClose(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => (asked ? setAsked(undefined) : onClose(false))}>
            {t(asked ? 'access.give.back' : 'app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={plan.isPending || give.isPending || other?.busy === true} onClick={asked ? done : ask}>
            {without ? other?.act : t(asked ? 'access.give.give' : 'access.give.look')}
          </button>
        </>
      }
    >
      {asked && plan.data ? (
        <SharePlan plan={plan.data} />
      ) : (
        <div className="give-form">
          <PersonPicker person={person} onPerson={setPerson} label={other?.person ?? t('access.give.person')} hint={t('access.give.search')} />
          {other?.choice}
          {other?.form ?? <GiveForm kind={kind} chosen={chosen} parent={parent} draft={draft} onDraft={setDraft} />}
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
