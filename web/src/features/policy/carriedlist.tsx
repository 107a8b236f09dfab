import { useState } from 'react'
import type { AssignmentDocument, Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { useUndo } from '@/ui/undo'
import { AssignDialog } from './assigndialog'
import { type Carried, unassign } from './model'
import { usePlaceNames } from './names'
import type { Policy } from './usepolicy'
import { Window } from './who'

interface Props {
  list: Carried[]
  who: Clause
  policy: Policy
}

/** The packs that come to a position, a unit or a person: which way, from when until when. */
export function CarriedList({ list, who, policy }: Props) {
  const { t, pick } = useText()
  const names = usePlaceNames()
  const [adding, setAdding] = useState(false)
  const [window, setWindow] = useState<AssignmentDocument>()
  const done = useUndo()
  const label = (pack: string) => {
    const found = policy.packs.find((p) => p.id === pack)
    return found ? pick(found.label) : pack
  }
  const takeOff = async (a: AssignmentDocument) => {
    if (!(await policy.edit((d) => unassign(d, a.id)))) return
    done(t('policy.assign.takenOff'), async () => {
      await policy.edit((d) => ({ ...d, assignments: [...d.assignments, a] }))
    })
  }
  return (
    <div className="carried">
      {list.length === 0 && <p className="muted">{t('policy.assign.carriesNone')}</p>}
      <ul>
        {list.map(({ assignment: a, way }, index) => (
          <li key={a.id || `new ${index}`}>
            <span className="carried-pack">{label(a.pack)}</span>
            <span className="muted">
              {way === 'direct' ? t('policy.ways.direct') : t('policy.ways.from', { from: names.clause(a.who) })}
            </span>
            <Window from={a.from} until={a.until} />
            {policy.mayEdit && way === 'direct' && (
              <span className="carried-acts">
                <button type="button" className="chip-act" aria-label={t('policy.assign.window')} title={t('policy.assign.window')} onClick={() => setWindow(a)}>
                  <Icon name="edit" />
                </button>
                <button type="button" className="chip-act" aria-label={t('policy.assign.takeOff')} title={t('policy.assign.takeOff')} onClick={() => void takeOff(a)}>
                  <Icon name="close" />
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {policy.mayEdit && (
        <button type="button" className="quiet" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t('policy.assign.add')}
        </button>
      )}
      {adding && <AssignDialog who={who} policy={policy} onClose={() => setAdding(false)} />}
      {window && <AssignDialog changes={window} policy={policy} onClose={() => setWindow(undefined)} />}
    </div>
  )
}
