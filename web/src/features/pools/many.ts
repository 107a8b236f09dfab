import { useRef, useState } from 'react'
import { type Doing, doWith, rereadPools } from '@/api/pools'
import { problemOf } from '@/api/problem'
import type { Item } from '@/api/types'
import { actsOf } from './acts'
import { usePoolProblem } from './problem'

export interface Outcome {
  /** How many were tried so far, and how many of them it was done with. */
  tried: number
  done: number
  /** Why not, with the titles it holds of. */
  not: Map<string, string[]>
  ended: boolean
}

/** Refusals that hold for all that is still to come: trying on would only be refused as often. */
const ends = new Set(['pool_claims_day', 'pool_claims_held', 'pool_held', 'right'])

/** Does something with many records, one after the other, and keeps what became of each. */
export function useMany(kind: string, items: Item[], cannot: string) {
  const problem = usePoolProblem()
  const [outcome, setOutcome] = useState<Outcome>()
  const stopped = useRef(false)

  const run = async (doing: Doing) => {
    stopped.current = false
    const now: Outcome = { tried: 0, done: 0, not: new Map(), ended: false }
    const note = (why: string, item: Item) => now.not.set(why, [...(now.not.get(why) ?? []), item.title])
    let ended: string | undefined
    for (const item of items) {
      if (stopped.current) break
      if (ended !== undefined) note(ended, item)
      else if (!actsOf(item).includes(doing.act)) note(cannot, item)
      else {
        try {
          await doWith(kind, item.id, doing)
          now.done++
        } catch (error) {
          const why = problem(error, doing.act)
          note(why, item)
          if (ends.has(problemOf(error).code)) ended = why
        }
      }
      now.tried++
      setOutcome({ ...now })
    }
    setOutcome({ ...now, ended: true })
    await rereadPools(kind)
  }
  return { outcome, run, stop: () => (stopped.current = true) }
}
