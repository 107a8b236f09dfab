import type { Unit } from '@/api/types'

// The units as a tree, flattened to the lines that are open: what a virtual list can draw.

export interface Node {
  unit: Unit
  children: Node[]
  /** People of the unit and of all units below it. */
  people: number
}

export interface Line {
  node: Node
  depth: number
  /** Place among its siblings, from 1, and how many they are. */
  at: number
  of: number
  open: boolean
}

/** Builds the tree; a unit whose parent is not in the list stands at the top. */
export function buildTree(units: Unit[]): Node[] {
  const nodes = new Map(units.map((unit) => [unit.id, { unit, children: [], people: 0 } as Node]))
  const top: Node[] = []
  for (const node of nodes.values()) {
    const parent = node.unit.parent ? nodes.get(node.unit.parent) : undefined
    ;(parent?.children ?? top).push(node)
  }
  const count = (node: Node): number => {
    node.people = (node.unit.people ?? 0) + node.children.reduce((sum, child) => sum + count(child), 0)
    return node.people
  }
  top.forEach(count)
  return top
}

/** The ids from the top to the unit, itself included; empty for one that is not there. */
export function pathTo(units: Unit[], id: string): Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const path: Unit[] = []
  for (let unit = byId.get(id); unit && !path.includes(unit); unit = byId.get(unit.parent ?? '')) path.unshift(unit)
  return path
}

/** The units that match a search, with everything above them. */
export function matching(units: Unit[], text: string): { hits: Set<string>; shown: Set<string> } {
  const needle = text.trim().toLowerCase()
  const hits = new Set<string>()
  const shown = new Set<string>()
  for (const unit of units) {
    const words = [unit.name, ...(unit.heads ?? []).map((head) => head.name)]
    if (!words.some((word) => word.toLowerCase().includes(needle))) continue
    hits.add(unit.id)
    for (const above of pathTo(units, unit.id)) shown.add(above.id)
  }
  return { hits, shown }
}

/** The lines to draw, top to bottom; `shown` leaves out what a search left out. */
export function lines(top: Node[], open: Set<string>, shown?: Set<string>): Line[] {
  const list: Line[] = []
  const walk = (nodes: Node[], depth: number) => {
    const visible = shown ? nodes.filter((node) => shown.has(node.unit.id)) : nodes
    visible.forEach((node, index) => {
      const isOpen = node.children.length > 0 && (open.has(node.unit.id) || Boolean(shown))
      list.push({ node, depth, at: index + 1, of: visible.length, open: isOpen })
      if (isOpen) walk(node.children, depth + 1)
    })
  }
  walk(top, 0)
  return list
}
