import { Link } from '@tanstack/react-router'
import { useSandboxes } from '@/api/sandboxes'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'

/** In which sandboxes the record lies, of those that the reader opened or is in. */
export function InSandboxes({ kind, item }: { kind: Kind; item: Item }) {
  const { t, format } = useText()
  const boxes = useSandboxes({ kind: kind.name, record: item.id, state: 'open' })
  const list = boxes.data?.pages.flatMap((page) => page.items) ?? []
  if (list.length === 0) return null
  return (
    <section className="access-boxes" aria-label={t('record.access.boxes')}>
      <h3>{t('record.access.boxes')}</h3>
      <ul className="files card-list">
        {list.map((box) => (
          <li key={box.id}>
            <Icon name="share" />
            <div>
              <Link to="/sandboxes/$id" params={{ id: box.id }}>
                {box.title}
              </Link>
              <p className="muted">
                {t('record.access.boxBy', { name: box.sponsor.name })} · {t('record.access.until', { time: format.moment(box.until) })}{' '}
                <Ending until={box.until} now={boxes.dataUpdatedAt} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
