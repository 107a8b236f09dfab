import { useState } from 'react'
import { rereadBeneath } from '@/api/beneath'
import { fieldOf } from '@/api/kinds'
import { isStale } from '@/api/problem'
import { readRecord, useSave } from '@/api/records'
import type { Item, Kind, Value } from '@/api/types'
import { Merge } from '@/fields/merge'
import { compare } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { useRecordProblem } from './words'

type Fields = Record<string, Value>

/**
 * Writes fields of a record where they stand: it can be taken back, and when somebody else saved
 * meanwhile both are kept, or, where they meet, a choice is asked for (`merge` is that dialog).
 */
export function useFieldSave(kind: Kind, item: Item, onDone?: () => void) {
  const { t, pick } = useText()
  const save = useSave(kind.name, item.id)
  const done = useUndo()
  const problem = useRecordProblem()
  const [fault, setFault] = useState<string>()
  const [conflict, setConflict] = useState<{ base: Item; mine: Fields; theirs: Item }>()

  const names = (fields: Fields) =>
    Object.keys(fields)
      .map((name) => pick(fieldOf(kind, name)?.label ?? { zh: name, en: name }))
      .join(t('record.comma'))

  const write = (fields: Fields, base: Item = item) => {
    setFault(undefined)
    const before = Object.fromEntries(Object.keys(fields).map((name) => [name, base.fields[name] ?? null]))
    save.mutate(
      { version: base.version, fields },
      {
        onSuccess: (saved) => {
          void rereadBeneath(kind.name, item.id)
          done(t('record.saved', { field: names(fields) }), async () => {
            await save.mutateAsync({ version: saved.version, fields: before })
            await rereadBeneath(kind.name, item.id)
          })
          onDone?.()
        },
        onError: (error) => {
          if (!isStale(error)) {
            setFault(problem(error))
            return
          }
          void readRecord(kind.name, item.id).then((theirs) => {
            if (compare(base.fields, fields, theirs.fields).clash.length > 0) {
              setConflict({ base, mine: fields, theirs })
              return
            }
            toast(t('record.merged'))
            write(fields, theirs)
          })
        },
      },
    )
  }

  const merge = conflict && (
    <Merge
      kind={kind}
      base={conflict.base}
      mine={conflict.mine}
      theirs={conflict.theirs}
      result={compare(conflict.base.fields, conflict.mine, conflict.theirs.fields)}
      onCancel={() => {
        setConflict(undefined)
        onDone?.()
      }}
      onSave={(fields) => {
        setConflict(undefined)
        if (Object.keys(fields).length === 0) onDone?.()
        else write(fields, conflict.theirs)
      }}
    />
  )
  return { write, busy: save.isPending, fault, setFault, merge }
}
