import { useSyncExternalStore } from 'react'
import { problemOf } from './problem'
import type { Value } from './types'

// What a rule holds for approval is refused wherever it was done: in a form, in place, in a cell, on a
// board, in a pool. Here it is caught once, so that it can be asked for with one click.

type Fields = Record<string, Value>

/** What was refused. */
export type Attempt =
  | { does: 'edit'; kind: string; record: string; version: number; fields: Fields }
  | { does: 'create'; kind: string; fields: Fields }
  | { does: 'delete'; kind: string; record: string; version: number }
  | { does: 'claim' | 'assign' | 'release'; kind: string; record: string; person?: string; pool?: string; reason?: string }

export interface Held {
  attempt: Attempt
  /** The type of request that the server named. */
  type: string
  /** What is to be done where it was refused, once it has been asked for. */
  onSent?: () => void
}

let held: Held | undefined
const listeners = new Set<() => void>()

const set = (next: Held | undefined) => {
  held = next
  for (const listener of listeners) listener()
}

/** Whether something was refused because it needs approval: then there is a dialog that says so. */
export const isHeld = (error: unknown): boolean => problemOf(error).code === 'needs_approval'

/** Hands the answer on, and offers to ask where it says that this needs approval. */
export async function holding<Answer>(attempt: Attempt, answer: Promise<Answer>, onSent?: () => void): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (isHeld(error)) set({ attempt, type: String(problemOf(error).params?.type), onSent })
    throw error
  }
}

export const dropHeld = () => set(undefined)

export const useHeld = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => held,
  )
