import { useState } from 'react'
import { type Changes, type Handover, useLeaving } from '@/api/company'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { ChangeDialog } from './changedialog'
import { atDay, Field } from './joinwizard'
import { PersonPick } from './pick'

type Way = 'one' | 'each' | 'none'

/** 离职: what is open, who takes it over, and when everything ends. */
export function LeaveWizard({ person: given, onClose }: { person?: string; onClose: () => void }) {
  const { t, pick, format } = useText()
  const [person, setPerson] = useState(given)
  const [at, setAt] = useState('')
  const [way, setWay] = useState<Way>('one')
  const [to, setTo] = useState<string>()
  const [each, setEach] = useState<Record<string, string | undefined>>({})
  const [unit, setUnit] = useState(true)
  const leaving = useLeaving(person)
  const kinds = leaving.data?.items ?? []
  const hand: Handover[] = []
  for (const kind of kinds) {
    const heir = way === 'one' ? to : way === 'each' ? each[kind.kind] : undefined
    if (heir) hand.push({ kind: kind.kind, to: heir, unit })
  }
  const complete = person && leaving.isSuccess && (way !== 'one' || to || kinds.length === 0)
  const changes: Changes | undefined = complete ? { leave: [{ person, at: atDay(at), hand }] } : undefined
  return (
    <ChangeDialog title={t('company.leave.title')} changes={changes} confirm={t('company.leave.confirm')} danger done={t('company.leave.done')} onClose={onClose}>
      <PersonPick label={t('company.person')} value={person} onPick={setPerson} />
      <Field label={t('company.leave.at')} type="date" value={at} onChange={setAt} hint={t('company.leave.atHint')} />
      {person && leaving.isPending && <BoneRows rows={3} />}
      {hasFailed(leaving) && <Failure error={leaving.error} onRetry={() => void leaving.refetch()} />}
      {leaving.isSuccess && kinds.length === 0 && <p className="note">{t('company.leave.nothing')}</p>}
      {kinds.length > 0 && (
        <>
          <h3>{t('company.leave.open')}</h3>
          <table className="leave-table">
            <tbody>
              {kinds.map((kind) => (
                <tr key={kind.kind}>
                  <th scope="row">{pick(kind.label)}</th>
                  <td className="num">{t('company.leave.count', { open: format.number(kind.open), all: format.number(kind.all) })}</td>
                  {way === 'each' && (
                    <td>
                      <PersonPick label={t('company.leave.toKind', { kind: pick(kind.label) })} value={each[kind.kind]} except={person} onPick={(id) => setEach({ ...each, [kind.kind]: id })} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          <fieldset className="leave-ways">
            <legend>{t('company.leave.ways')}</legend>
            {(['one', 'each', 'none'] as const).map((one) => (
              <label key={one} className="o-check">
                <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
                {t(`company.leave.${one}`)}
              </label>
            ))}
          </fieldset>
          {way === 'one' && <PersonPick label={t('company.leave.to')} value={to} except={person} onPick={setTo} />}
          {way !== 'none' && (
            <label className="o-check">
              <input type="checkbox" checked={unit} onChange={(event) => setUnit(event.target.checked)} />
              {t('company.leave.unit')}
            </label>
          )}
        </>
      )}
    </ChangeDialog>
  )
}
