import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { isHeld } from '@/api/held'
import { hasFailed, isStale, problemOf } from '@/api/problem'
import { readRecord, useCreate, useRecord, useSave } from '@/api/records'
import type { Item, Kind, Value } from '@/api/types'
import { compare, keepDraft } from '@/lib/draft'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { mayCreate } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { NotFound } from '@/permission/notfound'
import { itemText, useProblemText } from '@/permission/problemtext'
import { AntDesign } from '@/ui/antd'
import { toast } from '@/ui/toast'
import { DuplicateHint } from './duplicates'
import { FormView } from './formview'
import { Merge } from '@/fields/merge'
import { RecordSkeleton } from './recordview'

type Fields = Record<string, Value>

/** The problem of a refused write, sorted by field, with what belongs to none under "". */
function useFaults() {
  const { t } = useText()
  const problemText = useProblemText()
  return (error: unknown): Record<string, string> => {
    const problem = problemOf(error)
    const list = (problem.errors ?? []).map((e) => {
      const name = (e.at ?? '').replace(/^(body\.)?fields\./, '')
      return [name, itemText(t, e) ?? e.detail ?? problemText(error)] as const
    })
    const faults = Object.fromEntries(list)
    return list.length > 0 ? faults : { '': problemText(error) }
  }
}

/** Asks before unsaved changes are left behind; the answer takes whether there are any. */
function useGuard(): (dirty: boolean) => void {
  const { t } = useText()
  const dirty = useRef(false)
  useBlocker({
    shouldBlockFn: () => dirty.current && !globalThis.confirm(t('form.unsaved')),
    enableBeforeUnload: () => dirty.current,
  })
  return useCallback((is) => {
    dirty.current = is
  }, [])
}

export default function CreatePage({ kind }: { kind: Kind }) {
  const { t, pick } = useText()
  const navigate = useNavigate()
  const faultsOf = useFaults()
  const setDirty = useGuard()
  useTitle(t('form.create', { kind: pick(kind.label) }))
  const leave = () => void navigate({ to: '/records/$kind', params: { kind: kind.name } })
  const draftKey = `${kind.name}/new`
  // What was asked for is not typed again.
  const create = useCreate(kind.name, () => {
    setDirty(false)
    keepDraft(draftKey, undefined)
    leave()
  })
  if (!mayCreate(kind)) return <NotFound />
  return (
    <AntDesign>
      <FormView
        kind={kind}
        fields={kind.fields.filter((f) => f.create)}
        title={t('form.create', { kind: pick(kind.label) })}
        busy={create.isPending}
        faults={create.error && !isHeld(create.error) ? faultsOf(create.error) : {}}
        draftKey={draftKey}
        hint={(typed) => <DuplicateHint kind={kind} fields={typed} />}
        onDirty={setDirty}
        onCancel={leave}
        onSubmit={(fields) =>
          create.mutate(fields, {
            onSuccess: (item) => {
              setDirty(false)
              keepDraft(draftKey, undefined)
              toast(t('form.created', { title: item.title }))
              void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })
            },
          })
        }
      />
    </AntDesign>
  )
}

export function EditPage({ kind, id }: { kind: Kind; id: string }) {
  const record = useRecord(kind.name, id)
  if (record.isPending) return <RecordSkeleton />
  if (!record.data || hasFailed(record)) return <Failure page error={record.error} onRetry={() => void record.refetch()} />
  return <Edit key={id} kind={kind} item={record.data} />
}

/** Edits the record as it stood when the form was opened, whatever is read meanwhile. */
function Edit({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [base, setBase] = useState(item)
  const [conflict, setConflict] = useState<{ mine: Fields; theirs: Item }>()
  const save = useSave(kind.name, item.id)
  const faultsOf = useFaults()
  const setDirty = useGuard()
  useTitle(t('form.edit', { title: base.title }))

  const draftKey = `${kind.name}/${item.id}/${base.version}`
  const leave = () => {
    void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })
  }
  const submit = (fields: Fields, version: number) => {
    if (Object.keys(fields).length === 0) {
      toast(t('form.untouched'))
      setDirty(false)
      leave()
      return
    }
    save.mutate(
      { version, fields },
      {
        onSuccess: () => {
          setDirty(false)
          keepDraft(draftKey, undefined)
          toast(t('form.saved'))
          leave()
        },
        onError: (error) => {
          if (!isStale(error)) return
          void readRecord(kind.name, item.id).then((theirs) => setConflict({ mine: fields, theirs }))
        },
      },
    )
  }

  return (
    <AntDesign>
      <FormView
        kind={kind}
        item={base}
        fields={kind.fields.filter((f) => base.editable?.includes(f.name))}
        title={t('form.edit', { title: base.title })}
        busy={save.isPending}
        faults={save.error && !isStale(save.error) && !isHeld(save.error) ? faultsOf(save.error) : {}}
        draftKey={draftKey}
        onDirty={setDirty}
        onCancel={leave}
        onSubmit={(fields) => submit(fields, base.version)}
      />
      {conflict && (
        <Merge
          kind={kind}
          base={base}
          mine={conflict.mine}
          theirs={conflict.theirs}
          result={compare(base.fields, conflict.mine, conflict.theirs.fields)}
          onCancel={() => setConflict(undefined)}
          onSave={(fields) => {
            setConflict(undefined)
            setBase(conflict.theirs)
            submit(fields, conflict.theirs.version)
          }}
        />
      )}
    </AntDesign>
  )
}
