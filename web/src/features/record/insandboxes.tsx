import { Link } from '@tanstack/react-router'
import { type Sandbox, type SandboxShare, useSandboxes } from '@/api/sandboxes'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { StrayShare } from './strayshare'

/** In which sandboxes the record lies: those that the reader opened or is in, and where who had it before put it. */
export function InSandboxes({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  const boxes = useSandboxes({ kind: kind.name, record: item.id, state: 'open' })
  const list = boxes.data?.pages.flatMap((page) => page.items) ?? []
  if (list.length === 0) return null
  const lines = list.flatMap((box): { box: Sandbox; share?: SandboxShare }[] => {
    const strays = box.shares.filter((share) => share.can.includes('take_out'))
    return strays.length > 0 ? strays.map((share) => ({ box, share })) : [{ box }]
  })
  return (
    <section className="access-boxes" aria-label={t('record.access.boxes')}>
      <h3>{t('record.access.boxes')}</h3>
      <ul className="files card-list">
        {lines.map(({ box, share }) =>
          share ? (
            <StrayShare key={share.id} box={box} share={share} record={item.id} now={boxes.dataUpdatedAt} />
          ) : (
            <BoxLine key={box.id} box={box} now={boxes.dataUpdatedAt} />
          ),
        )}
      </ul>
    </section>
  )
}

function BoxLine({ box, now }: { box: Sandbox; now: number }) {
  const { t, format } = useText()
  return (
    <li>
      <Icon name="share" />
      <div>
        <Link to="/sandboxes/$id" params={{ id: box.id }}>
          {box.title}
        </Link>
        <p className="muted">
          {t('record.access.boxBy', { name: box.sponsor.name })} · {t('record.access.until', { time: format.moment(box.until) })} <Ending until={box.until} now={now} />
        </p>
      </div>
    </li>
  )
}
