import { hasEnded } from '@/api/kinds'
import type { Item } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { mayEdit } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { dayOfValue } from './dates'
import type { DaysProps } from './days'
import { TitleLink } from './titlelink'

type Props = Pick<DaysProps, 'kind' | 'field' | 'finished' | 'today' | 'onToggle'> & { item: Item; long?: boolean }

/** One thing that is due, and whether it is done. */
export function Due({ kind, field, finished, today, onToggle, item, long }: Props) {
  const { t, format } = useText()
  const value = item.fields[field.name]
  const done = finished !== undefined && item.fields.stage === finished
  const over = typeof value === 'string' && !done && dayOfValue(value, field.type) < today && !hasEnded(kind, item.fields.stage)
  const customer = kind.fields.find((f) => f.name === 'customer')
  const owner = kind.fields.find((f) => f.name === 'owner')
  return (
    <span className={`due${done ? ' done' : ''}${over ? ' over' : ''}`}>
      {onToggle && (
        <button
          type="button"
          className="due-box"
          role="checkbox"
          aria-checked={done}
          aria-label={t('lists.calendar.toggle', { title: item.title })}
          disabled={!mayEdit(item, 'stage')}
          onClick={() => onToggle(item)}
        >
          {done && <Icon name="check" />}
        </button>
      )}
      <span className="due-text">
        <TitleLink kind={kind} item={item} />
        {long && (
          <span className="due-more">
            {field.type === 'time' && typeof value === 'string' && <span className="num">{format.moment(value)}</span>}
            {over && <span className="due-over">{t('lists.calendar.overdue')}</span>}
            {customer && item.fields.customer && <FieldValue kind={kind} item={item} field={customer} short />}
            {owner && <FieldValue kind={kind} item={item} field={owner} short />}
          </span>
        )}
      </span>
    </span>
  )
}
