// The wire types of rules, drafts and versions, as the screens read them.

import type { FieldClass, Label } from './types'

/** How a masked value shows: by the field's own mask, or by one that the rule names. */
export type Mask = 'constant' | 'year' | 'district' | 'domain' | 'range' | 'tail' | 'ends'
export type Masked = 'masked' | `masked:${Mask}`
export type Level = 'plain' | Masked | 'hidden'

/** One person, or an appointment by position and unit, or everyone. */
export interface Clause {
  everyone?: boolean
  person?: string
  position?: string
  unit?: string
  below?: boolean
}

export interface Who {
  any: Clause[]
  except?: Clause[]
}

/** The right side of a comparison: exactly one of its parts is set. */
export interface Operand {
  text?: string
  int?: number
  number?: number
  money?: string
  time?: string
  bool?: boolean
  ref?: string
  field?: string
  cel?: string
}

export type CondOp =
  | 'all'
  | 'any'
  | 'not'
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'in'
  | 'starts_with'
  | 'ends_with'
  | 'contains'
  | 'has'
  | 'tag'
  | 'exists'
  | 'within'
  | 'known'

export interface Cond {
  op: CondOp
  args?: Cond[]
  field?: string
  value?: Operand
  values?: Operand[]
  relation?: string
  point?: { lat: number; lng: number }
  meters?: number
  cel?: string
}

export type PathKind = 'all' | 'own' | 'unit' | 'unit_below' | 'headed' | 'units' | 'team' | 'pool' | 'linked' | 'near'

export interface Path {
  path: PathKind
  units?: string[]
  below?: boolean
  meters?: number
  relation?: string
  via?: Path
  cond?: Cond
}

export interface FieldRule {
  class?: FieldClass | '*'
  field?: string
  level: Level
  edit?: boolean
}

export interface Duty {
  approval?: string[]
  second_factor?: boolean
  reason?: boolean
  watermark?: boolean
}

/** A written rule; one of a pack has no `who`: that comes from the pack's assignments. */
export interface Rule {
  id: string
  name?: string
  effect: 'permit' | 'forbid'
  who: Who
  kind: string
  actions: string[]
  where: Path
  when?: Cond
  fields?: FieldRule[]
  duty?: Duty
  from?: string
  until?: string
  scene: string
  /** A second person must confirm every change of it. */
  sensitive?: boolean
  origin?: { type: string; id?: string; name?: string }
}

export interface PackDocument {
  id: string
  label: Label
  description: Label
  rules: Rule[]
  system?: string[]
}

export interface AssignmentDocument {
  /** Left out of a new one: the server gives it. */
  id?: string
  pack: string
  who: Clause
  from?: string
  until?: string
}

/** The whole policy, as it would be. */
export interface PolicyDocument {
  packs: PackDocument[]
  assignments: AssignmentDocument[]
  rules: Rule[]
}

export interface Change {
  op: 'added' | 'removed' | 'changed'
  part: 'pack' | 'assignment' | 'rule'
  id: string
  sensitive?: boolean
  before?: unknown
  after?: unknown
  sentence: { before?: Label; after?: Label }
  /** Of a changed pack, rule by rule. */
  rules?: Change[]
}

/** A part that a draft and what was published since both changed, and not alike. */
export interface Conflict {
  part: Change['part']
  id: string
  mine: Change
  theirs: Change
}

export interface Warning {
  code: string
  part?: string
  id?: string
  at?: string
  /** The draft changes what it warns of; others stand already. */
  changed?: boolean
  params?: Record<string, unknown>
}

export interface DraftProblem {
  at: string
  code: string
  detail: string
  params?: Record<string, unknown>
}

export interface Named {
  id: string
  name: string
}

export type DraftState = 'open' | 'waiting' | 'published' | 'discarded'
export type DraftAction = 'edit' | 'discard' | 'publish' | 'rebase' | 'confirm' | 'refuse'

export interface Said {
  by: Named
  at: string
  note: string
}

/** A draft as a list shows it. */
export interface DraftHead {
  id: string
  version: number
  name: string
  state: DraftState
  author: Named
  edited_by?: Named
  base: number
  stale: boolean
  created_at: string
  updated_at: string
  sensitive: boolean
  asked?: Said
  refused?: Said
  /** The number of the version that it became. */
  published?: number
  /** Nobody else may confirm: a sensitive draft is published alone, with a note. */
  alone: boolean
  can: DraftAction[]
}

export interface Draft extends DraftHead {
  document: PolicyDocument
  changes: Change[]
  warnings: Warning[]
  problems: DraftProblem[]
  /** What has to be chosen before a stale draft is brought up to date. */
  conflicts?: Conflict[]
  /** Marks the two versions that the conflicts stand between. */
  upon?: string
}

export interface ImpactSample {
  id: string
  title?: string
  gained?: string[]
  lost?: string[]
  more?: string[]
  less?: string[]
}

export interface KindImpact {
  kind: string
  create?: '' | 'gained' | 'lost'
  gained: Record<string, number>
  lost: Record<string, number>
  more: Record<string, number>
  less: Record<string, number>
  samples: ImpactSample[]
}

export interface PersonImpact {
  person: Named
  unit?: Named
  rights?: { gained: string[]; lost: string[] }
  kinds: KindImpact[]
}

export type Counts = Record<string, number>

export interface UnitImpact {
  unit: Named
  people: number
  gained: Counts
  lost: Counts
}

export interface Impact {
  people: PersonImpact[]
  units: UnitImpact[]
  totals: { people: number; gained: Counts; lost: Counts; more: Counts; less: Counts }
  /** People for whom the rules differ at all. */
  affected: number
  truncated?: boolean
  next?: string
  epoch: number
}

export interface Version {
  number: number
  epoch: number
  at: string
  author?: Named
  confirmed_by?: Named
  note: string
  origin: 'draft' | 'direct' | 'rollback' | 'apply'
  alone: boolean
  draft?: string
}
