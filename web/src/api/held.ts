import { useSyncExternalStore } from 'react'
import { problemOf } from './problem'
import type { Value } from './types'

// An edit that a rule holds for approval is refused wherever it was made: in a form, in place, in a cell,
// on a board. Here it is caught once, so that it can be asked for with one click.

export interface HeldEdit {
  kind: string
  record: string
  version: number
  fields: Record<string, Value>
  type: 'change' | 'transfer'
}

let held: HeldEdit | undefined
const listeners = new Set<() => void>()

const set = (next: HeldEdit | undefined) => {
  held = next
  for (const listener of listeners) listener()
}

/** Hands the answer on, and offers to ask where it says that the edit needs approval. */
export async function holding<Answer>(edit: Omit<HeldEdit, 'type'>, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'needs_approval') set({ ...edit, type: problem.params?.type === 'transfer' ? 'transfer' : 'change' })
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
