import type { ReactNode } from 'react'
import type { Field, Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { isEmpty } from '@/permission/access'
import { HeldMark } from '@/permission/heldmark'
import { TitleLink } from './titlelink'
import { FieldValue } from '@/fields/value'

/** A row of the list on a phone: its title, its stage, and the first few columns that say something. */
export function Card({ kind, item, columns, acts }: { kind: Kind; item: Item; columns: Field[]; acts?: ReactNode }) {
  const { pick } = useText()
  const stage = columns.find((c) => c.name === 'stage')
  const rest = columns
    .filter((c) => c.name !== kind.title && c !== stage && (c.type !== 'choices' || c.colour) && !isEmpty(item, c.name))
    .slice(0, 4)
  return (
    <div className="record-card">
      <div className="record-card-top">
        <TitleLink kind={kind} item={item} />
        {stage && (
          <span className="held-cell">
            <FieldValue kind={kind} item={item} field={stage} short />
            <HeldMark item={item} field="stage" />
          </span>
        )}
        {acts}
      </div>
      <dl>
        {rest.map((field) => (
          <div key={field.name}>
            <dt>{pick(field.label)}</dt>
            <dd>
              <FieldValue kind={kind} item={item} field={field} short />
              <HeldMark item={item} field={field.name} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
