import { Link } from '@tanstack/react-router'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'

export function TitleLink({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  return (
    <Link to="/records/$kind/$id" params={{ kind: kind.name, id: item.id }} className="row-link" title={item.title}>
      {item.title || t('list.untitled')}
    </Link>
  )
}
