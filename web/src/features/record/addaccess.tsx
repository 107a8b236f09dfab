import { useId, useState } from 'react'
import { useAddToTeam } from '@/api/beneath'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import GiveDialog from '@/permission/givedialog'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

const ways = ['rules', 'chosen'] as const

interface Props {
  kind: Kind
  item: Item
  onClose: () => void
}

/**
 * Brings a colleague onto a record: as the rules for collaborators say, or for what is chosen, with
 * what belongs to the record or without. The latter is a grant, and whoever reads the record may give
 * of it what they have.
 */
export default function AddAccess({ kind, item, onClose }: Props) {
  const { t } = useText()
  const id = useId()
  const leads = mayDo(item, 'edit')
  const [way, setWay] = useState<(typeof ways)[number]>(leads ? 'rules' : 'chosen')
  const [days, setDays] = useState({ from: '', until: '' })
  const join = useAddToTeam(kind.name, item.id)
  const problem = useRecordProblem()
  const at = (day: string, time: string) => (day ? new Date(`${day}T${time}`).toISOString() : undefined)
  return (
    <GiveDialog
      kind={kind}
      chosen={{ ids: [item.id] }}
      count={1}
      onClose={onClose}
      other={{
        title: t('record.access.add'),
        person: t('record.access.person'),
        choice: leads && (
          <fieldset>
            <legend>{t('record.access.way')}</legend>
            {ways.map((one) => (
              <label key={one}>
                <input type="radio" name={`${id}-way`} checked={way === one} onChange={() => setWay(one)} />
                {t(`record.access.ways.${one}`)}
              </label>
            ))}
          </fieldset>
        ),
        form:
          way === 'rules' ? (
            <>
              <p className="muted">{t('record.access.teamHint')}</p>
              <div className="access-days">
                {(['from', 'until'] as const).map((one) => (
                  <div key={one}>
                    <label htmlFor={`${id}-${one}`}>{t(`record.access.days.${one}`)}</label>
                    <input id={`${id}-${one}`} type="date" className="input" value={days[one]} onChange={(event) => setDays({ ...days, [one]: event.target.value })} />
                  </div>
                ))}
              </div>
            </>
          ) : undefined,
        act: t('record.access.save'),
        busy: join.isPending,
        fault: join.error ? problem(join.error) : undefined,
        onAct: (person) => {
          const from = at(days.from, '00:00:00')
          const until = at(days.until, '23:59:59.999')
          join.mutate(
            { person: person.id, ...(from ? { from } : {}), ...(until ? { until } : {}) },
            {
              onSuccess: () => {
                toast(t('record.access.added', { person: person.name }))
                onClose()
              },
            },
          )
        },
      }}
    />
  )
}
