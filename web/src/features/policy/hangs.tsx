import { useState } from 'react'
import type { AssignmentDocument } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { useUndo } from '@/ui/undo'
import { AssignDialog } from './assigndialog'
import { type PackView, unassign } from './model'
import type { Policy } from './usepolicy'
import { Who, Window } from './who'

/** Whom a pack hangs on, and the menu by which it is hung on more. */
export function Hangs({ pack, policy }: { pack: PackView; policy: Policy }) {
  const { t } = useText()
  const [open, setOpen] = useState<AssignmentDocument | true>()
  const hung = policy.assignments.filter((a) => a.pack === pack.id)
  return (
    <div className="hangs">
      <div className="pack-sub">
        <h3>{t('policy.packs.hangsOn')}</h3>
        {policy.mayEdit && (
          <button type="button" className="quiet" onClick={() => setOpen(true)}>
            <Icon name="plus" />
            {t('policy.assign.to')}
          </button>
        )}
      </div>
      {hung.length === 0 && <p className="muted">{t('policy.packs.hangsNowhereYet')}</p>}
      <ul className="chips">
        {hung.map((a, index) => (
          <Hung key={a.id || `new ${index}`} assignment={a} policy={policy} onWindow={() => setOpen(a)} />
        ))}
      </ul>
      {open && (
        <AssignDialog
          pack={pack}
          changes={open === true ? undefined : open}
          policy={policy}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

interface HungProps {
  assignment: AssignmentDocument
  policy: Policy
  onWindow: () => void
}

function Hung({ assignment, policy, onWindow }: HungProps) {
  const { t } = useText()
  const done = useUndo()
  const added = !policy.inForce.some((a) => a.id === assignment.id)
  const takeOff = async () => {
    if (!(await policy.edit((d) => unassign(d, assignment.id)))) return
    done(t('policy.assign.takenOff'), async () => {
      await policy.edit((d) => ({ ...d, assignments: [...d.assignments, assignment] }))
    })
  }
  return (
    <li className={added ? 'chip added' : 'chip'}>
      <Who who={assignment.who} />
      <Window from={assignment.from} until={assignment.until} />
      {policy.mayEdit && (
        <>
          <button type="button" className="chip-act" aria-label={t('policy.assign.window')} title={t('policy.assign.window')} onClick={onWindow}>
            <Icon name="edit" />
          </button>
          <button type="button" className="chip-act" aria-label={t('policy.assign.takeOff')} title={t('policy.assign.takeOff')} onClick={() => void takeOff()}>
            <Icon name="close" />
          </button>
        </>
      )}
    </li>
  )
}
