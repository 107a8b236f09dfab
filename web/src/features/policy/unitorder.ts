import type { Unit } from '@/api/types'

export interface Placed {
  unit: Unit
  depth: number
}

/** The units as a walk through the tree meets them; one whose parent is not there stands at the top. */
export function inOrder(units: Unit[]): Placed[] {
  const known = new Set(units.map((u) => u.id))
  const below = new Map<string, Unit[]>()
  for (const unit of units) {
    const parent = unit.parent && known.has(unit.parent) ? unit.parent : ''
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const out: Placed[] = []
  const walk = (parent: string, depth: number) => {
    for (const unit of below.get(parent) ?? []) {
      out.push({ unit, depth })
      walk(unit.id, depth + 1)
    }
  }
  walk('', 0)
  return out
}
