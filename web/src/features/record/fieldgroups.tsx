import { useState } from 'react'
import type { Field, FieldClass, Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { isEmpty } from '@/permission/access'
import { InPlace } from './inplace'

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

/** What the header shows already, and what only the system writes. */
const inHeader = new Set(['stage', 'owner', 'unit', 'pool', 'tags'])
const ofSystem = ['id', 'created_at', 'created_by', 'updated_at']

/** The fields of a record, grouped by how sensitive they are. */
export function FieldGroups({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  const fields = kind.fields.filter((f) => !inHeader.has(f.name) && !ofSystem.includes(f.name) && f.name !== kind.title && !f.colour)
  const groups = classes.map((name) => ({ name, fields: fields.filter((f) => f.class === name) }))
  return (
    <div className="record-fields">
      {groups.map(
        (group) =>
          group.fields.length > 0 && (
            <Group key={group.name} title={t(`classes.${group.name}`)} kind={kind} item={item} fields={group.fields} />
          ),
      )}
      <Group
        title={t('record.system')}
        kind={kind}
        item={item}
        fields={ofSystem.flatMap((name) => kind.fields.find((f) => f.name === name) ?? [])}
      />
    </div>
  )
}

interface GroupProps {
  title: string
  kind: Kind
  item: Item
  fields: Field[]
}

function Group({ title, kind, item, fields }: GroupProps) {
  const { t, pick } = useText()
  const [all, setAll] = useState(false)
  const filled = fields.filter((f) => !isEmpty(item, f.name))
  const rest = fields.filter((f) => isEmpty(item, f.name))
  if (fields.length === 0) return null
  return (
    <section className="card group">
      <h2>{title}</h2>
      {filled.length === 0 && !all && <p className="muted">{t('record.emptyClass')}</p>}
      <dl>
        {[...filled, ...(all ? rest : [])].map((field) => (
          <div key={field.name} className={field.format === 'multiline' ? 'wide' : undefined}>
            <dt>{pick(field.label)}</dt>
            <dd>
              {field.name === 'id' ? (
                <span className="num">{item.id}</span>
              ) : (
                <InPlace kind={kind} item={item} field={field} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {rest.length > 0 && (
        <button type="button" className="quiet group-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('record.emptyHide') : t('record.emptyShow', { count: rest.length })}
        </button>
      )}
    </section>
  )
}
