import type { Block, Pack } from '@/api/packs'
import type { AssignmentDocument, Change, Clause, PackDocument, PolicyDocument, Rule } from '@/api/policytypes'
import type { Label, Unit } from '@/api/types'

// What packs give and what they hang on, worked out of a policy document; every change gives a new
// document, or the same one when there is nothing to change.

/** One thing a pack gives, as a sentence. */
export interface Line {
  id: string
  kind: string
  effect: 'permit' | 'forbid'
  sentence: Label
  scene: Label
}

export interface PackView {
  id: string
  label: Label
  description: Label
  system: string[]
  custom: boolean
  /** How the draft differs from what is in force. */
  state: 'same' | 'added' | 'changed'
  lines: Line[]
}

/** Where a pack can hang. */
export type Target = { position: string } | { unit: string } | { person: string } | { everyone: true }

export const targetKey = (target: Clause): string =>
  target.person
    ? `person ${target.person}`
    : target.everyone
      ? 'everyone'
      : `${target.position ? `position ${target.position}` : ''}${target.unit ? ` unit ${target.unit}` : ''}`.trim()

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined && v !== null)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([k, v]) => [k, plain(v)]),
  )
}

/** Equal for rules that give the same, whatever they are called. */
export function ruleKey(rule: Rule): string {
  const { kind, effect, actions, where, when, fields, duty } = rule
  return JSON.stringify(plain({ kind, effect, actions, where, when, fields, duty: duty && Object.keys(duty).length > 0 ? duty : undefined }))
}

const bare: Label = { zh: '', en: '' }

/** Finds words for the rules of packs: among the pieces, the packs in force, and what a draft says of its changes. */
export function wordsFor(blocks: Block[], packs: Pack[], changes: Change[]): (packId: string, rule: Rule) => { sentence: Label; scene: Label } {
  const known = new Map<string, { sentence: Label; scene: Label }>()
  for (const pack of packs) for (const r of pack.rules) known.set(ruleKey(r.rule), r)
  for (const block of blocks) known.set(ruleKey(block.rule as Rule), block)
  const drafted = new Map<string, Label>()
  for (const change of changes) {
    if (change.part !== 'pack') continue
    for (const rule of (change as { rules?: Change[] }).rules ?? []) {
      if (rule.sentence.after) drafted.set(`${change.id}/${rule.id}`, rule.sentence.after)
    }
  }
  const sceneOf = (rule: Rule): Label => {
    const scene = rule.scene as unknown
    if (typeof scene === 'string') return { zh: scene, en: scene }
    return (scene as Label | undefined) ?? bare
  }
  return (packId, rule) => {
    const found = known.get(ruleKey(rule))
    const sentence = found?.sentence ?? drafted.get(`${packId}/${rule.id}`) ?? sceneOf(rule)
    return { sentence, scene: found?.scene ?? sceneOf(rule) }
  }
}

/** The packs as a draft has them; without one as they are in force. */
export function packViews(packs: Pack[], document: PolicyDocument | undefined, words: ReturnType<typeof wordsFor>): PackView[] {
  const view = (pack: Pack): PackView => ({
    ...pack,
    custom: pack.custom ?? false,
    state: 'same',
    lines: pack.rules.map(({ rule, sentence, scene }) => ({ id: rule.id, kind: rule.kind, effect: rule.effect, sentence, scene })),
  })
  if (!document) return packs.map(view)
  const inForce = new Map(packs.map((pack) => [pack.id, pack]))
  return [
    ...packs.filter((pack) => !pack.custom).map(view),
    ...document.packs.map((pack) => {
      const before = inForce.get(pack.id)
      const same =
        before &&
        before.label.zh === pack.label.zh &&
        before.label.en === pack.label.en &&
        before.description.zh === pack.description.zh &&
        before.description.en === pack.description.en &&
        JSON.stringify(before.rules.map((r) => ruleKey(r.rule))) === JSON.stringify(pack.rules.map(ruleKey))
      return {
        id: pack.id,
        label: pack.label,
        description: pack.description,
        system: pack.system ?? [],
        custom: true,
        state: before ? (same ? ('same' as const) : ('changed' as const)) : ('added' as const),
        lines: pack.rules.map((rule) => ({ id: rule.id, kind: rule.kind, effect: rule.effect, ...words(pack.id, rule) })),
      }
    }),
  ]
}

/** An id that the document does not have yet. */
export function freeId(taken: string[], wish: string): string {
  if (!taken.includes(wish)) return wish
  for (let n = 2; ; n++) if (!taken.includes(`${wish}-${n}`)) return `${wish}-${n}`
}

export function addPack(document: PolicyDocument, pack: PackDocument): PolicyDocument {
  return { ...document, packs: [...document.packs, pack] }
}

export function changePack(document: PolicyDocument, id: string, change: (pack: PackDocument) => PackDocument): PolicyDocument {
  return { ...document, packs: document.packs.map((pack) => (pack.id === id ? change(pack) : pack)) }
}

/** Takes a pack away with everything it hangs on. */
export function removePack(document: PolicyDocument, id: string): PolicyDocument {
  return {
    ...document,
    packs: document.packs.filter((pack) => pack.id !== id),
    assignments: document.assignments.filter((a) => a.pack !== id),
  }
}

/** Puts a piece into a pack; one that is in it already changes nothing. */
export function addBlock(document: PolicyDocument, packId: string, block: Block): PolicyDocument {
  const rule = block.rule as Rule
  const pack = document.packs.find((p) => p.id === packId)
  if (!pack || pack.rules.some((r) => ruleKey(r) === ruleKey(rule))) return document
  const id = freeId(
    pack.rules.map((r) => r.id),
    rule.id,
  )
  return changePack(document, packId, (p) => ({ ...p, rules: [...p.rules, { ...rule, id }] }))
}

const withinWindow = (a: AssignmentDocument) => !a.from && !a.until
export const sameWho = (a: Clause, b: Clause): boolean => targetKey(a) === targetKey(b) && Boolean(a.below) === Boolean(b.below)

/** Hangs a pack on somebody; where it hangs already without an end nothing changes. */
export function assign(document: PolicyDocument, pack: string, who: Clause, window: { from?: string; until?: string } = {}): PolicyDocument {
  if (document.assignments.some((a) => a.pack === pack && sameWho(a.who, who) && withinWindow(a))) return document
  // The server gives a new one its id.
  const made = { pack, who, ...window } as AssignmentDocument
  return { ...document, assignments: [...document.assignments, made] }
}

export function changeWindow(document: PolicyDocument, id: string | undefined, window: { from?: string; until?: string }): PolicyDocument {
  if (!id) return document
  return {
    ...document,
    assignments: document.assignments.map((a) => (a.id === id ? { id: a.id, pack: a.pack, who: a.who, ...window } : a)),
  }
}

export function unassign(document: PolicyDocument, id: string | undefined): PolicyDocument {
  // One without an id is on its way to the server: there it gets one.
  if (!id) return document
  return { ...document, assignments: document.assignments.filter((a) => a.id !== id) }
}

/** Hangs on one what hangs on another itself; `replace` takes away what hung there before. */
export function copyAssignments(document: PolicyDocument, from: Clause, to: Clause, replace: boolean): PolicyDocument {
  const given = document.assignments.filter((a) => targetKey(a.who) === targetKey(from))
  const kept = replace
    ? {
        ...document,
        assignments: document.assignments.filter(
          (a) => targetKey(a.who) !== targetKey(to) || given.some((g) => g.pack === a.pack && withinWindow(a) && withinWindow(g)),
        ),
      }
    : document
  const below = to.unit && !to.position
  const next = given.reduce(
    (d, a) => assign(d, a.pack, below ? { ...to, below: a.who.unit ? a.who.below : true } : to, { from: a.from, until: a.until }),
    kept,
  )
  return next.assignments.length === document.assignments.length && next.assignments.every((a, i) => a === document.assignments[i])
    ? document
    : next
}

/** How a pack comes to somebody. */
export type Way = 'direct' | 'position' | 'unit' | 'above' | 'everyone'

export interface Carried {
  assignment: AssignmentDocument
  way: Way
}

export interface Post {
  position: string
  unit: string
}

/** The units over a unit, the nearest first. */
export function unitsAbove(units: Unit[], id: string): string[] {
  const parent = new Map(units.map((u) => [u.id, u.parent]))
  const out: string[] = []
  for (let at = parent.get(id); at && !out.includes(at); at = parent.get(at)) out.push(at)
  return out
}

function wayTo(a: Clause, target: Clause, posts: Post[], units: Unit[]): Way | undefined {
  if (targetKey(a) === targetKey(target)) return 'direct'
  if (a.everyone) return 'everyone'
  const over = (unit: string) => Boolean(a.below && a.unit && unitsAbove(units, unit).includes(a.unit))
  if (target.unit && !target.person) return !a.position && over(target.unit) ? 'above' : undefined
  if (!target.person || a.person) return undefined
  const post = posts.find((p) => (!a.position || a.position === p.position) && (!a.unit || a.unit === p.unit || over(p.unit)))
  if (!post) return undefined
  return a.position ? 'position' : a.unit === post.unit ? 'unit' : 'above'
}

/** The packs that come to a position, a unit or a person, and how. */
export function carried(assignments: AssignmentDocument[], target: Clause, posts: Post[], units: Unit[]): Carried[] {
  const order: Way[] = ['direct', 'position', 'unit', 'above', 'everyone']
  return assignments
    .flatMap((assignment) => {
      const way = wayTo(assignment.who, target, posts, units)
      return way ? [{ assignment, way }] : []
    })
    .sort((a, b) => order.indexOf(a.way) - order.indexOf(b.way))
}
