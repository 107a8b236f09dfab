import type { AssignmentDocument } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { DragPiece, DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import type { PackView } from './model'
import type { Piece, Place } from './place'

interface Props {
  packs: PackView[]
  assignments: AssignmentDocument[]
  chosen?: string
  mayEdit: boolean
  onChoose: (id: string) => void
}

/** The packs as cards: what a company made itself, then what comes with the product. */
export function PackList({ packs, assignments, chosen, mayEdit, onChoose }: Props) {
  const { t } = useText()
  const custom = packs.filter((pack) => pack.custom)
  const preset = packs.filter((pack) => !pack.custom)
  const cards = (list: PackView[]) => (
    <ul>
      {list.map((pack) => (
        <li key={pack.id}>
          <Card
            pack={pack}
            hung={assignments.filter((a) => a.pack === pack.id).length}
            chosen={pack.id === chosen}
            mayEdit={mayEdit}
            onChoose={() => onChoose(pack.id)}
          />
        </li>
      ))}
    </ul>
  )
  return (
    <div className="packs-cards">
      <h2>{t('policy.packs.custom')}</h2>
      {custom.length > 0 ? cards(custom) : <p className="muted packs-none">{t('policy.packs.noCustom')}</p>}
      <h2>{t('policy.packs.preset')}</h2>
      {cards(preset)}
    </div>
  )
}

interface CardProps {
  pack: PackView
  hung: number
  chosen: boolean
  mayEdit: boolean
  onChoose: () => void
}

function Card({ pack, hung, chosen, mayEdit, onChoose }: CardProps) {
  const { t, pick } = useText()
  const count = pack.lines.length + pack.system.length
  return (
    <DropPlace<Place> id={`pack ${pack.id}`} place={{ into: pack.id }} disabled={!mayEdit || !pack.custom} className="pack-drop">
      <DragPiece<Piece> id={`pack ${pack.id}`} piece={{ pack }} disabled={!mayEdit} className={chosen ? 'pack-card on' : 'pack-card'}>
        <button type="button" aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
          <span className="pack-name">
            <Icon name="shield" />
            {pick(pack.label)}
            {pack.state !== 'same' && <span className={`pack-state ${pack.state}`}>{t(`policy.packs.states.${pack.state}`)}</span>}
          </span>
          <span className="pack-text">{pick(pack.description) || t('policy.packs.noDescription')}</span>
          <span className="pack-counts num">
            {t('policy.packs.gives', { count, n: count })}
            {' · '}
            {hung > 0 ? t('policy.packs.hangs', { count: hung, n: hung }) : t('policy.packs.hangsNowhere')}
          </span>
        </button>
      </DragPiece>
    </DropPlace>
  )
}
