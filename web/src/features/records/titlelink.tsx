import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'

/** Another button or a key held asks the browser for a tab, a window or a download. */
const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented

/** The title of a record, which leads to it. The router's own Link watches the address, in every row of a list. */
export function TitleLink({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  const navigate = useNavigate()
  return (
    <a
      href={`/records/${kind.name}/${encodeURIComponent(item.id)}`}
      className="row-link"
      title={item.title}
      onClick={(event) => {
        if (!isPlain(event)) return
        event.preventDefault()
        void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })
      }}
    >
      {item.title || t('list.untitled')}
    </a>
  )
}
