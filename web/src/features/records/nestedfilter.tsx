import { useEffect, useState } from 'react'
import { useCondition } from '@/api/conditions'
import { useKinds } from '@/api/kinds'
import type { Cond } from '@/api/policytypes'
import type { Kind } from '@/api/types'
import { ConditionEditor } from '@/fields/conditioneditor'
import { useText } from '@/lib/usetext'

interface Props {
  kind: Kind
  /** The expression that the URL keeps. */
  cel: string
  onChange: (cel: string) => void
}

/** Nested conditions, built by hand; the server writes them as the expression that the URL keeps. */
export default function NestedFilter({ kind, cel, onChange }: Props) {
  const { t } = useText()
  const kinds = useKinds()
  const [given] = useState(cel)
  const read = useCondition(given ? { kind: kind.name, cel: given } : undefined)
  const [cond, setCond] = useState<Cond>()
  const written = useCondition(cond ? { kind: kind.name, cond } : undefined)
  const text = cond && !written.isPlaceholderData && written.data?.errors.length === 0 ? written.data.cel : undefined
  useEffect(() => {
    if (text !== undefined) onChange(text)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told when the text changes, not when the listener does
  }, [text])
  if (!kinds.data || (given && read.isPending)) return <span className="bone" />
  return (
    <div className="filter-nested">
      <p className="muted">{t('lists.filter.nestedHint')}</p>
      <ConditionEditor
        kind={kind.name}
        kinds={kinds.data.map((k) => ({
          ...k,
          fields: k.fields.map((f) => ({ ...f, locked: f.level === 'masked' || f.level === 'hidden' })),
          stages: k.stages ?? [],
          relations: k.relations.map((r) => ({ ...r, always: false })),
        }))}
        value={read.data?.cond}
        onChange={(next, ok) => {
          if (next === undefined && ok) {
            setCond(undefined)
            onChange('')
          } else if (ok) setCond(next)
        }}
      />
    </div>
  )
}
