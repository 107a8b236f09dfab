// The wire types of the HTTP contract (/api/v1), as the screens read them.

export interface Label {
  zh: string
  en: string
}

export type FieldType =
  | 'text'
  | 'int'
  | 'number'
  | 'money'
  | 'date'
  | 'time'
  | 'bool'
  | 'ref'
  | 'choice'
  | 'choices'
  | 'place'

export type FieldClass = 'general' | 'contact' | 'money' | 'identity' | 'communication' | 'internal'

export interface Choice {
  code: string
  label: Label
  /** Stays where it stands and is given to no record any more. */
  retired?: boolean
  /** Of a stage: how a record's course ended in it. */
  outcome?: 'won' | 'lost' | 'over'
}

export interface Field {
  name: string
  label: Label
  type: FieldType
  class: FieldClass
  format?: string
  choices?: Choice[]
  ref?: string
  required?: boolean
  custom?: boolean
  filter?: boolean
  sort?: boolean
  search?: boolean
  read_only?: boolean
  /** May be given to a new record. */
  create?: boolean
  level: 'plain' | 'masked' | 'hidden' | 'mixed'
  max?: number
  /** Of a group of tags. */
  colour?: string
  /** Nobody sets its tags: rules do. */
  by_rule?: boolean
  /** Whether it has a value, and whether it is exactly one, is all that can be asked of it. */
  encrypted?: boolean
}

export interface Relation {
  name: string
  label: Label
  kind: string
  field: string
  many: boolean
}

export interface Kind {
  name: string
  label: Label
  plural?: Label
  fields: Field[]
  stages?: Choice[]
  title: string
  subtitle?: string[]
  columns: string[]
  relations: Relation[]
  can: string[]
  /** What is asked for and not done. */
  can_ask?: string[]
  /** What stands before some of the stages. */
  gates?: Gate[]
  /** Some rule shows more of it to who has just proved the second factor. */
  second_factor?: boolean
}

/** From where a record may come to a stage (empty: everywhere), and what must be filled in before. */
export interface Gate {
  stage: string
  from: string[]
  needs: string[]
  /** No record comes here from another stage. */
  shut?: boolean
}

export interface Place {
  lat: number
  lng: number
}

export type Value = string | number | boolean | string[] | Place | null

export interface RefTitle {
  id: string
  title?: string
}

export interface Item {
  id: string
  kind: string
  version: number
  title: string
  fields: Record<string, Value>
  masked?: Record<string, string>
  hidden?: string[]
  /** Of masked: what the person would see, and who looks as them may not. */
  covered?: string[]
  /** Of masked: what one may have shown, for a reason. */
  reveal?: string[]
  can?: string[]
  editable?: string[]
  /** Fields whose change is asked for: somebody must approve it. */
  asks?: string[]
  /** What is asked for and not done: somebody must approve it. */
  can_ask?: string[]
  /** Of one record alone: an activity about it may be written, or asked for. */
  follow?: boolean
  refs?: Record<string, RefTitle>
}

export interface Total {
  count: number
  capped: boolean
}

export interface Page {
  items: Item[]
  next?: string
  total?: Total
  /** By field, by currency ("" for plain numbers). */
  sums?: Record<string, Record<string, string>>
  epoch: number | string
}

export interface Person {
  id: string
  name: string
  login?: string
}

export interface Me {
  person: Person
  appointments: { unit: { id: string; name: string }; position: Choice; head?: boolean; until?: string }[]
  packs?: { id: string; label: Label }[]
  kinds: string[]
  can: string[]
  /** Of which records may be claimed or assigned. */
  pools: number
  /** Kinds of which there are statistics. */
  figures?: number
  epoch: number | string
  tenant: { name: string }
  /** Who looks, when they look as the person. */
  viewer?: Person
  watermark?: Mark
}

/** What lies over one's pages. */
export interface Mark {
  name: string
  /** The end of one's telephone number, else of one's login. */
  tail: string
  /** It leads who audits to the session. */
  code: string
  /** Now, by the server's clock. */
  at: string
  /** It lies over the pages on the screen; what is printed always has it. */
  screen: boolean
}

export interface SignedIn {
  id: string
  created_at: string
  last_seen_at: string
  until: string
  device?: string
  address?: string
  current?: boolean
}

export interface Lack {
  code: string
  sentence: Label
}

/** Who opened a way for a purpose, to whom and for how long. */
export interface Given {
  by: { id: string; name: string }
  /** Empty when it is whoever is in the sandbox. */
  to: { id: string; name: string }
  what: Label
  from: string
  until: string
}

export interface Reason {
  rule: string
  effect: 'permit' | 'forbid'
  origin: { type: string; id?: string; name?: string }
  /** What origin is called. */
  from: Label
  scene: Label
  sentence: Label
  /** Of what was opened for a purpose. */
  given?: Given
  until?: string
  lacks?: Lack[]
}

export interface Explanation {
  /** With somebody's approval it would be allowed. */
  asks?: boolean
  allowed: boolean
  level?: 'plain' | 'masked' | 'hidden'
  permits?: Reason[]
  forbids?: Reason[]
  missing?: Reason[]
}

export interface Unit {
  id: string
  version?: number
  parent?: string
  name: string
  type: string
  heads?: { id: string; name: string }[]
  place?: Place
  /** Of the unit itself, as far as the caller may read them. */
  people?: number
}

export interface Pool {
  id: string
  name: string
}

export interface ProblemItem {
  at?: string
  code: string
  detail?: string
}

export interface Problem {
  status: number
  kind: string
  code: string
  detail?: string
  params?: Record<string, string | number>
  request_id?: string
  errors?: ProblemItem[]
}

export interface ListQuery {
  filter?: string
  q?: string
  sort?: string
  limit?: number
  cursor?: string
  fields?: string
  count?: 'none' | 'capped'
  sum?: string
}
