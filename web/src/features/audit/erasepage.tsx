import { useState } from 'react'
import { useErasurePlan } from '@/api/auditkept'
import { hasFailed } from '@/api/problem'
import { useRuleKinds } from '@/api/rules'
import { useMe } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { PersonPicker } from '@/permission/personpicker'
import { BoneRows } from '@/ui/states'
import { ErasePlan } from './eraseplan'
import './audit.css'
import './erase.css'

interface Props {
  kind?: string
  record?: string
  onAbout: (about: { kind?: string; record?: string }) => void
}

/** Personal data about somebody, taken out of the audit log: for whom, what goes, what stays. */
export default function ErasePage({ kind, record, onAbout }: Props) {
  const { t } = useText()
  useTitle(t('audit.erase.title'))
  const me = useMe()
  const refused = me.data && !me.data.can.includes('policy')
  // The refusal is the server's, and so is the way on from it: it is asked about oneself.
  const denied = useErasurePlan(refused ? { kind: 'person', record: me.data.person.id } : undefined)
  if (refused) return hasFailed(denied) ? <Failure page error={denied.error} onRetry={() => void denied.refetch()} /> : <BoneRows rows={4} />
  return (
    <div className="audit-page">
      <h1>{t('audit.erase.title')}</h1>
      <p className="muted erase-lead">{t('audit.erase.lead')}</p>
      <About key={`${kind ?? ''} ${record ?? ''}`} kind={kind} record={record} onAbout={onAbout} />
      {kind && record && <Planned kind={kind} record={record} />}
    </div>
  )
}

function Planned({ kind, record }: { kind: string; record: string }) {
  const plan = useErasurePlan({ kind, record })
  if (hasFailed(plan)) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />
  return plan.data ? <ErasePlan key={record} plan={plan.data} /> : <BoneRows rows={4} />
}

/** A colleague by name, or a record by its kind and number. */
function About({ kind, record, onAbout }: Props) {
  const { t, pick } = useText()
  // All kinds there are: who erases need not be one who reads.
  const kinds = useRuleKinds()
  const [person, setPerson] = useState(kind === 'person' && record ? { id: record, name: `#${record}` } : undefined)
  const [other, setOther] = useState(kind && kind !== 'person' ? kind : 'customer')
  const [number, setNumber] = useState(kind && kind !== 'person' ? (record ?? '') : '')
  return (
    <div className="erase-about">
      <div className="card">
        <PersonPicker
          quiet
          label={t('audit.erase.colleague')}
          hint={t('audit.erase.name')}
          person={person}
          onPerson={(one) => {
            setPerson(one)
            onAbout(one ? { kind: 'person', record: one.id } : {})
          }}
        />
      </div>
      <form
        className="card"
        aria-label={t('audit.erase.record')}
        onSubmit={(event) => {
          event.preventDefault()
          onAbout({ kind: other, record: number.trim() })
        }}
      >
        <label>
          {t('audit.erase.kind')}
          <select className="input" value={other} onChange={(event) => setOther(event.target.value)}>
            {kinds.data?.filter((one) => one.name !== 'person').map((one) => (
              <option key={one.name} value={one.name}>
                {pick(one.label)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('audit.erase.number')}
          <input className="input" inputMode="numeric" required pattern="\s*[0-9]{1,16}\s*" value={number} onChange={(event) => setNumber(event.target.value)} />
        </label>
        <button type="submit" className="btn">
          {t('audit.erase.look')}
        </button>
      </form>
    </div>
  )
}
