import { useEffect, useRef, useState } from 'react'
import { readImpact } from '@/api/drafts'
import type { Counts, Impact, PersonImpact, UnitImpact } from '@/api/policytypes'

export interface Work {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  /** People worked out so far, of how many the rules differ for. */
  seen: number
  affected: number
  people: PersonImpact[]
  units: UnitImpact[]
  totals: Impact['totals']
  error?: unknown
}

const nothing: Work = { state: 'idle', seen: 0, affected: 0, people: [], units: [], totals: { people: 0, gained: {}, lost: {}, more: {}, less: {} } }

export const plus = (a: Counts, b: Counts): Counts => {
  const sum = { ...a }
  for (const [key, n] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + n
  return sum
}

/** Adds the next part of an impact to what is known. */
export function joined(work: Work, part: Impact, size: number): Work {
  const units = new Map(work.units.map((u) => [u.unit.id, u]))
  for (const u of part.units) {
    const before = units.get(u.unit.id)
    units.set(
      u.unit.id,
      before ? { unit: u.unit, people: before.people + u.people, gained: plus(before.gained, u.gained), lost: plus(before.lost, u.lost) } : u,
    )
  }
  const t = work.totals
  return {
    ...work,
    seen: Math.min(part.affected, work.seen + size),
    affected: part.affected,
    people: [...work.people, ...part.people],
    units: [...units.values()],
    totals: {
      people: t.people + part.totals.people,
      gained: plus(t.gained, part.totals.gained),
      lost: plus(t.lost, part.totals.lost),
      more: plus(t.more, part.totals.more),
      less: plus(t.less, part.totals.less),
    },
  }
}

const step = 40

/** Works out the impact of a draft part by part, so that it shows progress and can be stopped. */
export function useImpact(id: string, version: number) {
  const [work, setWork] = useState<Work & { version: number }>({ ...nothing, version })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async () => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    let now: Work = { ...nothing, state: 'running' }
    const show = (next: Work) => {
      now = next
      if (running.current === mine) setWork({ ...next, version })
    }
    show(now)
    try {
      let after: string | undefined
      do {
        const part = await readImpact(id, { after, limit: step }, mine.signal)
        after = part.truncated ? part.next : undefined
        show(joined(now, part, step))
      } while (after && !mine.signal.aborted)
      show({ ...now, state: 'done', seen: now.affected })
    } catch (error) {
      show({ ...now, state: mine.signal.aborted ? 'stopped' : 'failed', error })
    }
  }
  return {
    work,
    /** Whether the draft has changed since it was worked out. */
    old: work.state !== 'idle' && work.version !== version,
    run,
    stop: () => running.current?.abort(),
  }
}
