import type { MatrixPart } from '@/api/matrix'

// The state of the pages stands in their URL.

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T | undefined => all.find((one) => one === value)

export const sides = ['assign', 'blocks'] as const
export const places = ['position', 'unit', 'person'] as const

export interface PacksSearch {
  pack?: string
  side?: (typeof sides)[number]
  /** What packs are hung on: positions, units or people; and the one looked at. */
  on?: (typeof places)[number]
  at?: string
}

export function validatePacksSearch(raw: Record<string, unknown>): PacksSearch {
  return { pack: text(raw.pack), side: oneOf(raw.side, sides), on: oneOf(raw.on, places), at: text(raw.at) }
}

export interface MatrixSearch {
  part?: MatrixPart
  /** What stands in the rows, and which of them; none stands for the first. */
  on?: (typeof places)[number]
  ids?: string[]
  kinds?: string[]
  q?: string
  /** Rows that are compared. */
  a?: string
  b?: string
  /** Only columns in which the two differ. */
  diff?: boolean
  /** As the draft would have it. */
  draft?: boolean
}

const texts = (value: unknown): string[] | undefined => {
  const list = Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : []
  return list.length > 0 ? list : undefined
}

export function validateMatrixSearch(raw: Record<string, unknown>): MatrixSearch {
  return {
    part: oneOf(raw.part, ['actions', 'fields'] as const),
    on: oneOf(raw.on, places),
    ids: texts(raw.ids),
    kinds: texts(raw.kinds),
    q: text(raw.q),
    a: text(raw.a),
    b: text(raw.b),
    diff: raw.diff === true ? true : undefined,
    draft: raw.draft === true ? true : undefined,
  }
}
