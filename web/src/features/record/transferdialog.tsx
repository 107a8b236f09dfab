import { useId, useState } from 'react'
import type { Named } from '@/api/beneath'
import type { MassSkip } from '@/api/mass'
import { type Part, useTransfer, useTransferPlan } from '@/api/ownership'
import { useAsk } from '@/api/requests'
import { hasFailed, isStale } from '@/api/problem'
import { readRecord } from '@/api/records'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { AskSent } from '@/permission/askparts'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { PersonPicker } from '@/permission/personpicker'
import { useOwnershipProblem } from './ownproblem'
import './ownership.css'

const days = [7, 14, 30]

/** Gives a record another owner, with what hangs on it: what goes along is said before. */
export default function TransferDialog({ kind, item, onClose }: { kind: Kind; item: Item; onClose: () => void }) {
  const { t } = useText()
  const id = useId()
  const [person, setPerson] = useState<Named>()
  const [left, setLeft] = useState<string[]>([]) // relations that stay
  const [note, setNote] = useState('')
  const [keep, setKeep] = useState(0)
  const [fault, setFault] = useState<string>()
  const plan = useTransferPlan(kind.name, item.id, person?.id)
  const transfer = useTransfer(kind.name, item.id)
  const problem = useOwnershipProblem()
  const found = plan.data
  const parts = found?.parts ?? []
  const ask = useAsk()
  const [purpose, setPurpose] = useState('')
  const problemText = useProblemText()
  const asks = found?.ask === true
  const may = !found || found.may || asks || (person === undefined && found.why?.code === 'not_owned')
  const children = () => parts.filter((p) => p.will > 0 && !left.includes(p.relation)).map((p) => p.relation)

  const go = () => {
    if (!person) return
    if (asks) {
      ask.mutate({
        type: 'transfer',
        purpose: purpose.trim(),
        transfer: { kind: kind.name, record: item.id, to: person.id, children: children(), note: note.trim() || undefined, keep_access: keep || undefined },
      })
      return
    }
    transfer.mutate(
      { to: person.id, children: children(), note: note.trim(), keep_access: keep, version: item.version },
      {
        onSuccess: () => {
          toast(t('ownership.transferred', { name: person.name }))
          onClose()
        },
        onError: (error) => {
          setFault(isStale(error) ? t('ownership.stale') : problem(error))
          if (isStale(error)) void readRecord(kind.name, item.id)
        },
      },
    )
  }

  return (
    <Dialog
      wide
      title={t('ownership.transferTitle', { title: item.title })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(ask.data ? 'app.close' : 'app.cancel')}
          </button>
          {!ask.data && (
            <button
              type="button"
              className="btn primary"
              disabled={!person || plan.isFetching || transfer.isPending || ask.isPending || (asks ? purpose.trim() === '' : !found?.may)}
              onClick={go}
            >
              {t(asks ? 'ownership.requestSend' : 'ownership.confirm')}
            </button>
          )}
        </>
      }
    >
      {hasFailed(plan) && <Failure error={plan.error} onRetry={() => void plan.refetch()} />}
      {found && !may && (
        <p className="note warn" role="status">
          <Icon name="lock" />
          {found.why?.field === 'owner' || found.why?.code === 'action' ? t('ownership.mayNot') : <Why skip={found.why} />}
        </p>
      )}
      {ask.data && <AskSent made={ask.data} />}
      {asks && !ask.data && (
        <p className="note" role="status">
          <Icon name="shield" />
          {t('ownership.requestText')}
        </p>
      )}
      {(may || person) && !ask.data && (
        <div className="access-form own-form">
          {found?.owner && <p className="muted">{t('ownership.now', { name: found.owner.name })}</p>}
          <PersonPicker label={t('ownership.to')} hint={t('record.access.search')} person={person} onPerson={setPerson} />
          {found?.unit && <p className="muted">{t('ownership.unit', { unit: found.unit })}</p>}
          {plan.isPending && <BoneRows rows={2} />}
          {parts.some((part) => !asks || part.will > 0) && (
            <fieldset>
              <legend>{t('ownership.along')}</legend>
              {parts.filter((part) => !asks || part.will > 0).map((part) => (
                <PartLine
                  key={part.relation}
                  part={part}
                  checked={!left.includes(part.relation)}
                  onCheck={(on) => setLeft(on ? left.filter((r) => r !== part.relation) : [...left, part.relation])}
                />
              ))}
              <p className="muted">{t('ownership.alongHint')}</p>
            </fieldset>
          )}
          {asks && (
            <>
              <label htmlFor={`${id}-purpose`}>{t('ownership.requestPurpose')}</label>
              <input id={`${id}-purpose`} className="input" maxLength={500} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
            </>
          )}
          <label htmlFor={`${id}-note`}>{t('ownership.note')}</label>
          <textarea
            id={`${id}-note`}
            className="input"
            rows={3}
            maxLength={1000}
            placeholder={t('ownership.noteHint')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <label htmlFor={`${id}-keep`}>{t('ownership.keep')}</label>
          <select id={`${id}-keep`} className="input" value={keep} onChange={(event) => setKeep(Number(event.target.value))}>
            <option value={0}>{t('ownership.keepNone')}</option>
            {days.map((n) => (
              <option key={n} value={n}>
                {t('ownership.keepDays', { n })}
              </option>
            ))}
          </select>
        </div>
      )}
      {ask.error && (
        <p className="form-fault" role="alert">
          {problemText(ask.error)}
        </p>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
    </Dialog>
  )
}

function PartLine({ part, checked, onCheck }: { part: Part; checked: boolean; onCheck: (on: boolean) => void }) {
  const { t, pick, format } = useText()
  const stay = part.stay.reduce((sum, skip) => sum + skip.count, 0)
  return (
    <div className="own-part">
      <label className="radio">
        <input type="checkbox" checked={checked && part.will > 0} disabled={part.will === 0} onChange={(event) => onCheck(event.target.checked)} />
        {pick(part.label)}
        <span className="muted num">{t('ownership.will', { n: format.number(part.will) })}</span>
      </label>
      {stay > 0 && (
        <details>
          <summary>{t('ownership.stay', { n: format.number(stay) })}</summary>
          <ul>
            {part.stay.map((skip) => (
              <li key={`${skip.code} ${skip.field ?? ''}`}>
                <Why skip={skip} />
                {skip.sample && skip.sample.length > 0 && <span className="muted"> {skip.sample.map((one) => one.title).join(t('record.comma'))}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

const whys = ['other_owner', 'action', 'field_locked', 'out_of_reach', 'unchanged'] as const

function Why({ skip }: { skip?: MassSkip }) {
  const { t } = useText()
  const codes = t('ownership.codes', { returnObjects: true }) as Record<string, string>
  const known = whys.find((code) => code === skip?.code)
  if (!known && skip && Object.hasOwn(codes, skip.code)) return <>{codes[skip.code]}</>
  return <>{t(`ownership.why.${known ?? 'other'}`)}</>
}
