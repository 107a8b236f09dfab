import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { fieldState, isEmpty, mayEdit } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { InPlace } from './inplace'

/** The groups of tags of a record, each with its colour, changed where they stand unless rules keep them. */
export function TagGroups({ kind, item }: { kind: Kind; item: Item }) {
  const { t, pick } = useText()
  const groups = kind.fields.filter((f) => f.colour && fieldState(item, f.name).is !== 'absent' && (!isEmpty(item, f.name) || mayEdit(item, f.name)))
  if (groups.length === 0) return null
  return (
    <dl className="taggroups">
      {groups.map((field) => (
        <div key={field.name}>
          <dt>
            {pick(field.label)}
            {field.by_rule && (
              <span className="taggroup-rule" title={t('record.byRule')}>
                <Icon name="clock" />
                <span className="sr-only">{t('record.byRule')}</span>
              </span>
            )}
          </dt>
          <dd>
            <InPlace kind={kind} item={item} field={field} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
