import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { fieldState, isEmpty, mayDo, mayEdit } from '@/permission/access'
import { Why } from '@/permission/why'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
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
            {mayDo(item, 'edit') && !field.by_rule && fieldState(item, field.name).is === 'plain' && !mayEdit(item, field.name) && (
              <WhyNotSet item={item} field={field.name} group={pick(field.label)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Beside a group that its reader sees and does not set. */
function WhyNotSet({ item, field, group }: { item: Item; field: string; group: string }) {
  const { t } = useText()
  const action = t('record.setGroup', { group })
  return (
    <Popover
      wide
      label={t('why.titleAction', { action })}
      trigger={(props) => (
        <button type="button" className="why-btn" aria-label={t('mask.whyAction', { action })} {...props}>
          <Icon name="why" />
        </button>
      )}
    >
      <Why question={{ kind: item.kind, id: item.id, action: 'edit', field }} title={t('why.titleAction', { action })} />
    </Popover>
  )
}
