import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { hasBoard, hasCalendar } from './layouts'
import { type Layout, type ListSearch, withLayout } from './search'

interface Props {
  kind: Kind
  layout?: Layout
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

/** Table, board or calendar: the same question in another form. */
export function LayoutSwitch({ kind, layout, search, onSearch }: Props) {
  const { t } = useText()
  const forms = [
    { as: undefined, icon: 'menu', label: t('list.layout.table') },
    ...(hasBoard(kind) ? [{ as: 'board', icon: 'board', label: t('list.layout.board') } as const] : []),
    ...(hasCalendar(kind) ? [{ as: 'calendar', icon: 'calendar', label: t('list.layout.calendar') } as const] : []),
  ] as const
  if (forms.length === 1) return null
  return (
    <div className="segments" role="group" aria-label={t('list.layout.label')}>
      {forms.map((form) => (
        <button
          key={form.icon}
          type="button"
          aria-pressed={layout === form.as}
          aria-label={form.label}
          title={form.label}
          onClick={() => onSearch(withLayout(search, form.as))}
        >
          <Icon name={form.icon} />
        </button>
      ))}
    </div>
  )
}
