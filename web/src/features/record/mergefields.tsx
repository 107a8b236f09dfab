import type { Field, Item, Kind } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { same } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { fieldState, isEmpty } from '@/permission/access'

// Whose a record is stays: it is transferred and not merged.
const kept = new Set(['id', 'owner', 'unit', 'pool', 'created_at', 'updated_at', 'created_by'])

/** Fields in which two records differ, and that can be chosen: plain on both, and written here. */
export const choosable = (kind: Kind, item: Item, other: Item): Field[] =>
  kind.fields.filter(
    (f) =>
      !kept.has(f.name) &&
      item.editable?.includes(f.name) &&
      fieldState(item, f.name).is !== 'masked' &&
      fieldState(item, f.name).is !== 'hidden' &&
      fieldState(other, f.name).is !== 'masked' &&
      fieldState(other, f.name).is !== 'hidden' &&
      !(isEmpty(item, f.name) && isEmpty(other, f.name)) &&
      !same(item.fields[f.name] ?? null, other.fields[f.name] ?? null),
  )

interface Props {
  kind: Kind
  item: Item
  other: Item
  take: string[]
  onTake: (take: string[]) => void
}

/** Two columns, and which value of each field stays; on a phone one below the other. */
export function MergeFields({ kind, item, other, take, onTake }: Props) {
  const { t, pick } = useText()
  const fields = choosable(kind, item, other)
  return (
    <table className="own-merge">
      <thead>
        <tr>
          <th scope="col">{t('ownership.differ')}</th>
          <th scope="col">{t('ownership.here')}</th>
          <th scope="col">{t('ownership.there')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.length === 0 && (
          <tr>
            <td colSpan={3}>{t('ownership.same')}</td>
          </tr>
        )}
        {fields.map((field) => {
          const theirs = take.includes(field.name)
          const choose = (from: boolean) => onTake(from ? [...take, field.name] : take.filter((name) => name !== field.name))
          return (
            <tr key={field.name}>
              <th scope="row">{pick(field.label)}</th>
              {[false, true].map((from) => (
                <td key={String(from)}>
                  <label>
                    <input
                      type="radio"
                      name={`merge-${field.name}`}
                      checked={theirs === from}
                      aria-label={`${pick(field.label)} · ${t(from ? 'ownership.there' : 'ownership.here')}`}
                      onChange={() => choose(from)}
                    />
                    <FieldValue kind={kind} item={from ? other : item} field={field} short />
                  </label>
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
