import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'

interface Props {
  kind: Kind
  kinds: Kind[]
  along: string[]
  onAlong: (along: string[]) => void
}

/** Chooses which related records go along with named ones, of those kinds that whoever gives may see. */
export function Along({ kind, kinds, along, onAlong }: Props) {
  const { t, pick } = useText()
  const belonging = kind.relations.filter((r) => r.many && kinds.some((other) => other.name === r.kind))
  if (belonging.length === 0) return null
  return (
    <fieldset>
      <legend>{t('access.give.along')}</legend>
      <div className="give-choices">
        {belonging.map((relation) => (
          <label key={relation.name}>
            <input type="checkbox" checked={along.includes(relation.name)} onChange={(event) => onAlong(toggled(along, relation.name, event.target.checked))} />
            {pick(relation.label)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A list with one more, or without it. */
export const toggled = <One,>(list: One[], one: One, on: boolean): One[] => (on ? [...list, one] : list.filter((other) => other !== one))
