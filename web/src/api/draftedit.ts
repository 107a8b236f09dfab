import { useSyncExternalStore } from 'react'
import { readCookie, writeSessionCookie } from '@/lib/cookies'
import { createDraft, draftQuery, saveDraft, useDraft, useDrafts } from './drafts'
import { queries } from './freshness'
import type { Draft, DraftHead, PolicyDocument } from './policytypes'
import { useMe } from './session'

// The draft one is working in, and what can be undone in it. The steps are kept in memory only: a
// draft itself lies on the server with every edit. Which one it was outlives a reload, or one would
// go on in another without noticing.

interface History {
  past: PolicyDocument[]
  future: PolicyDocument[]
}

const cookie = 'guan_draft'
let chosen: string | null | undefined
let fresh: string | undefined
let busy = 0
const histories = new Map<string, History>()
const listeners = new Set<() => void>()
let tick = 0

function tell() {
  tick++
  for (const listener of listeners) listener()
}

const history = (id: string): History => {
  let found = histories.get(id)
  if (!found) histories.set(id, (found = { past: [], future: [] }))
  return found
}

/** Opens a draft to work in; null works in none. */
export function chooseDraft(id: string | null) {
  workIn(id)
  fresh = undefined
  tell()
}

function workIn(id: string | null) {
  chosen = id
  writeSessionCookie(cookie, id ?? undefined)
}

export type Edit = (document: PolicyDocument) => PolicyDocument

// One write after the other: each is made on the version that the one before left.
let queue: Promise<unknown> = Promise.resolve()

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  busy++
  tell()
  const done = queue.then(work).finally(() => {
    busy--
    tell()
  })
  queue = done.catch(() => undefined)
  return done
}

async function write(id: string, next: (now: PolicyDocument) => PolicyDocument | undefined) {
  const now = await queries.ensureQueryData(draftQuery(id))
  const document = next(now.document)
  if (!document) return now
  try {
    return await saveDraft(now, { document })
  } catch (error) {
    // The draft may have moved on elsewhere: what is shown must be what is there.
    void queries.invalidateQueries({ queryKey: draftQuery(id).queryKey })
    throw error
  }
}

export interface DraftEdit {
  /** The draft one is working in, once it is known. */
  draft: Draft | undefined
  /** Drafts of which one can be chosen. */
  open: DraftHead[]
  loading: boolean
  /** Why it is not known which drafts there are. */
  unknown?: unknown
  readAgain: () => void
  saving: boolean
  canUndo: boolean
  canRedo: boolean
  /** Writes a change; without a draft one is made first, under the name given. */
  edit: (change: Edit, nameOfNew: string) => Promise<Draft>
  undo: () => Promise<void>
  redo: () => Promise<void>
}

/** The draft one works in: the one chosen, or else one's own last that is open. */
export function useDraftEdit(enabled = true): DraftEdit {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => tick,
  )
  const me = useMe()
  const drafts = useDrafts(enabled)
  const open = (drafts.data ?? []).filter((d) => d.state === 'open')
  const mine = open.filter((d) => d.author.id === me.data?.person.id)
  const last = mine.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at))[0]
  // Somebody else may have sat at this browser: of what was chosen before, only one's own counts.
  const before = chosen === undefined ? readCookie(cookie) : undefined
  const picked = open.find((d) => d.id === chosen)?.id ?? mine.find((d) => d.id === before)?.id
  const id = chosen === null ? undefined : (picked ?? last?.id)
  const one = useDraft(enabled ? id : undefined)
  const draft = id ? one.data : undefined
  const steps = id ? history(id) : undefined

  const unknown = [drafts, one].find((query) => query.isError && query.data === undefined)?.error

  const edit = (change: Edit, nameOfNew: string) =>
    inTurn(async () => {
      // Not knowing one's draft, one would begin another beside it.
      if (unknown) throw unknown
      // Two quick edits must not make two drafts: the second finds the one the first made.
      const target = id ?? fresh ?? (await createDraft(nameOfNew)).id
      if (!id) workIn((fresh = target))
      return write(target, (now) => {
        const next = change(now)
        if (next === now) return undefined
        const past = history(target)
        past.past = [...past.past.slice(-49), now]
        past.future = []
        return next
      })
    })

  const step = (from: 'past' | 'future', to: 'past' | 'future') =>
    inTurn(async () => {
      if (!id || !steps) return
      const document = steps[from].at(-1)
      if (!document) return
      await write(id, (now) => {
        steps[from] = steps[from].slice(0, -1)
        steps[to] = [...steps[to], now]
        return document
      })
    })

  return {
    draft,
    open,
    loading: drafts.isLoading || one.isLoading,
    unknown,
    readAgain: () => void Promise.all([drafts.refetch(), id ? one.refetch() : undefined]),
    saving: busy > 0,
    canUndo: (steps?.past.length ?? 0) > 0,
    canRedo: (steps?.future.length ?? 0) > 0,
    edit,
    undo: () => step('past', 'future'),
    redo: () => step('future', 'past'),
  }
}
