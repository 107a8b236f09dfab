import { lazy, Suspense, useState } from 'react'
import type { Many, PoolAct } from '@/api/pools'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { actIcons, actsOf } from './acts'

const ManyDialog = lazy(() => import('./manydialog'))

const all: PoolAct[] = ['claim', 'assign', 'release']

interface Props {
  kind: Kind
  /** The chosen records, as the list shows them. */
  items: Item[]
  /** All that the list has were chosen, also what it does not show yet. */
  match?: Many['match']
  onDone: () => void
}

/** Claim, assign and release for the chosen rows: an act is there when some of them has it. */
export default function MassActs({ kind, items, match, onDone }: Props) {
  const { t } = useText()
  // The list behind is read again meanwhile; the dialog keeps to what was chosen.
  const [asked, setAsked] = useState<{ act: PoolAct; items: Item[]; match?: Many['match'] }>()
  return (
    <>
      {all
        .filter((act) => items.some((item) => actsOf(item).includes(act)))
        .map((act) => (
          <button key={act} type="button" className="btn" onClick={() => setAsked({ act, items, match })}>
            <Icon name={actIcons[act]} />
            <span className="mass-word">{t(`pools.acts.${act}`)}</span>
          </button>
        ))}
      {asked && (
        <Suspense>
          <ManyDialog
            kind={kind}
            {...asked}
            onClose={(done) => {
              setAsked(undefined)
              if (done) onDone()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
