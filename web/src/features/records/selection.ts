import { useCallback, useMemo, useRef, useState } from 'react'
import type { Item } from '@/api/types'

const none: ReadonlySet<string> = new Set()

/**
 * The records that somebody chose in a list. Another question to the list is another list: what
 * was chosen in the one before is forgotten, so that nobody changes what they no longer see.
 */
export function useSelection(items: Item[], question: string) {
  const [state, setState] = useState({ question, picked: none, every: false, swept: false })
  const last = useRef<number | undefined>(undefined)
  const now = state.question === question ? state : { question, picked: none, every: false, swept: false }

  const onPick = useCallback(
    (index: number, range: boolean) => {
      const from = range && last.current !== undefined ? last.current : index
      last.current = index
      setState((was) => {
        const before = was.question === question ? was : { picked: none, every: false }
        // Taking one away from 'all that match' leaves those that are on the screen.
        const picked = new Set(before.every ? items.map((item) => item.id) : before.picked)
        const target = items[index]
        const add = target !== undefined && !picked.has(target.id)
        for (let i = Math.min(from, index); i <= Math.max(from, index); i++) {
          const id = items[i]?.id
          if (id === undefined) continue
          if (add) picked.add(id)
          else picked.delete(id)
        }
        return { question, picked, every: false, swept: false }
      })
    },
    [items, question],
  )
  const onPickAll = useCallback(
    (all: boolean) => setState({ question, picked: all ? new Set(items.map((item) => item.id)) : none, every: false, swept: all }),
    [items, question],
  )
  const clear = useCallback(() => setState({ question, picked: none, every: false, swept: false }), [question])
  const pickEvery = useCallback(() => setState({ question, picked: none, every: true, swept: false }), [question])

  return useMemo(
    () => ({
      picked: now.picked,
      /** All that the list matches, also what is not read yet. */
      every: now.every,
      /** All that was on the screen were chosen at once; more may have come since. */
      swept: now.swept,
      /** All that is on the screen. */
      all: now.every || (items.length > 0 && now.picked.size >= items.length),
      onPick,
      onPickAll,
      clear,
      pickEvery,
    }),
    [now.picked, now.every, now.swept, items.length, onPick, onPickAll, clear, pickEvery],
  )
}

export type Selection = ReturnType<typeof useSelection>
