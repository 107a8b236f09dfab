import type { Cond } from '@/api/policytypes'
import type { Field, Label } from '@/api/types'

// What the condition editor does with a tree (policy/cond.go): pure, so that it can be tested
// without a screen. A place in a tree is the list of indexes that lead to it.

export interface CondField extends Pick<Field, 'name' | 'label' | 'type' | 'class' | 'format' | 'choices' | 'ref' | 'encrypted'> {
  /** Cannot be compared by this reader: shown locked. */
  locked?: boolean
}

/** A kind as conditions can name it. */
export interface CondKind {
  name: string
  label: Label
  fields: CondField[]
  stages?: { code: string; label: Label }[]
  relations: { name: string; label: Label; kind: string; many: boolean; always: boolean }[]
}

export type At = readonly number[]
export type GroupMode = 'all' | 'any' | 'none'

export const emptyGroup = (): Cond => ({ op: 'all', args: [] })

/** A group that nothing satisfies is written as not(any(…)). */
export function groupOf(cond: Cond): { mode: GroupMode; args: Cond[] } | undefined {
  if (cond.op === 'all' || cond.op === 'any') return { mode: cond.op, args: cond.args ?? [] }
  const inner = cond.op === 'not' ? cond.args?.[0] : undefined
  if (inner?.op === 'any') return { mode: 'none', args: inner.args ?? [] }
  return undefined
}

export function makeGroup(mode: GroupMode, args: Cond[]): Cond {
  return mode === 'none' ? { op: 'not', args: [{ op: 'any', args }] } : { op: mode, args }
}

/** A tree as the editor shows it: with a group at its root. */
export const rooted = (cond: Cond | undefined): Cond => (!cond ? emptyGroup() : groupOf(cond) ? cond : { op: 'all', args: [cond] })

/** What a tree means: nothing when it has no row. */
export const meant = (root: Cond): Cond | undefined => {
  const group = groupOf(root)
  if (group?.args.length === 0) return undefined
  return group?.mode === 'all' && group.args.length === 1 ? group.args[0] : root
}

export function argsAt(root: Cond, at: At): Cond[] {
  let group = groupOf(root)
  for (const i of at) {
    const next = group?.args[i]
    group = next && groupOf(next)
  }
  return group?.args ?? []
}

/** Gives the tree with the args of the group at a place changed. */
export function withArgs(root: Cond, at: At, change: (args: Cond[]) => Cond[]): Cond {
  const group = groupOf(root)
  if (!group) return root
  const [first, ...rest] = at
  if (first === undefined) return makeGroup(group.mode, change(group.args))
  return makeGroup(
    group.mode,
    group.args.map((arg, i) => (i === first ? withArgs(arg, rest, change) : arg)),
  )
}

export const withMode = (root: Cond, at: At, mode: GroupMode): Cond => {
  const [first, ...rest] = at
  const group = groupOf(root)
  if (!group) return root
  if (first === undefined) return makeGroup(mode, group.args)
  return makeGroup(
    group.mode,
    group.args.map((arg, i) => (i === first ? withMode(arg, rest, mode) : arg)),
  )
}

const split = (at: At): [At, number] => [at.slice(0, -1), at[at.length - 1] ?? 0]

export function replaceAt(root: Cond, at: At, next: Cond): Cond {
  const [parent, index] = split(at)
  return withArgs(root, parent, (args) => args.map((arg, i) => (i === index ? next : arg)))
}

export function removeAt(root: Cond, at: At): Cond {
  const [parent, index] = split(at)
  return withArgs(root, parent, (args) => args.filter((_, i) => i !== index))
}

export const addTo = (root: Cond, at: At, cond: Cond): Cond => withArgs(root, at, (args) => [...args, cond])

/** Moves a row up or down within its group. */
export function shift(root: Cond, at: At, by: -1 | 1): Cond {
  const [parent, index] = split(at)
  return withArgs(root, parent, (args) => {
    const to = index + by
    const moved = args[index]
    if (!moved || to < 0 || to >= args.length) return args
    return args.with(index, args[to] as Cond).with(to, moved)
  })
}

/** Puts a row into a group of its own. */
export const nest = (root: Cond, at: At): Cond => {
  const [parent, index] = split(at)
  return withArgs(root, parent, (args) => args.map((arg, i) => (i === index ? makeGroup('any', [arg]) : arg)))
}

/** Takes a row out of its group, to stand behind it. */
export function lift(root: Cond, at: At): Cond {
  const [parent, index] = split(at)
  if (parent.length === 0) return root
  const moved = argsAt(root, parent)[index]
  if (!moved) return root
  const [outer, place] = split(parent)
  const without = removeAt(root, at)
  return withArgs(without, outer, (args) => {
    const emptied = args[place] && groupOf(args[place])?.args.length === 0
    return [...args.slice(0, emptied ? place : place + 1), moved, ...args.slice(place + 1)]
  })
}

/** The place of the server's path ("args[1].args[0].value") in the editor, where not(any(…)) is one step. */
export function placeOf(root: Cond, path: string): At {
  const at: number[] = []
  const steps = [...path.matchAll(/args\[(\d+)\]/g)].map((m) => Number(m[1]))
  let cond: Cond | undefined = root
  for (let s = 0; s < steps.length; s++) {
    const group: ReturnType<typeof groupOf> = cond && groupOf(cond)
    if (!group) break // inside a row
    if (group.mode === 'none' && ++s >= steps.length) break
    const step = steps[s] as number
    at.push(step)
    cond = group.args[step]
  }
  return at
}

export const sameAt = (a: At, b: At) => a.length === b.length && a.every((n, i) => n === b[i])
