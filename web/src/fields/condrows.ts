import type { Cond, CondOp, Operand } from '@/api/policytypes'
import type { CondField, CondKind } from './condtree'

// One row of the condition editor: field, operator, values; read from a leaf of the tree and
// written back. What a row cannot say is raw: it is changed in the text.

export type RowOp =
  | 'eq'
  | 'ne'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'has'
  | 'missing'
  | 'tag'
  | 'not_tag'
  | 'within'
  | 'not_within'
  | 'me'
  | 'not_me'
  | 'mine'
  | 'not_mine'
  | 'recent'
  | 'older'
  | 'yes'
  | 'no'
  | 'exists'
  | 'not_exists'

export interface Row {
  /** A field, "parent.field", "@relation" or "@ctx.network". */
  subject: string
  op: RowOp
  operands: Operand[]
  point?: { lat?: number; lng?: number }
  meters?: number
  days?: number
  /** Of exists: what holds on the related record. */
  inner?: Cond
}

export const contexts = {
  network: ['office', 'outside'],
  device: ['desktop', 'phone'],
  channel: ['web', 'api', 'export', 'import'],
} as const
export type ContextName = keyof typeof contexts

export const contextOf = (subject: string): ContextName | undefined => {
  const name = subject.startsWith('@ctx.') ? subject.slice(5) : ''
  return name in contexts ? (name as ContextName) : undefined
}

export const relationOf = (subject: string): string | undefined =>
  subject.startsWith('@') && !contextOf(subject) ? subject.slice(1) : undefined

/** The field that a row is about, its own or a parent's. */
export function fieldOf(kinds: CondKind[], kind: CondKind, subject: string): CondField | undefined {
  const [first = '', second] = subject.split('.')
  let on: CondKind | undefined = kind
  if (second !== undefined) {
    const relation = kind.relations.find((r) => r.name === first && r.always && !r.many)
    on = relation && kinds.find((k) => k.name === relation.kind)
  }
  const field = on?.fields.find((f) => f.name === (second ?? first))
  if (field?.name === 'stage' && !field.choices && on?.stages) return { ...field, choices: on.stages }
  return field
}

const always: RowOp[] = ['has', 'missing']

/** The operators that make sense of a subject; the first is the one a new row begins with. */
export function opsOf(field: CondField | undefined, subject: string): RowOp[] {
  if (contextOf(subject)) return ['eq', 'ne']
  if (relationOf(subject) !== undefined) return ['exists', 'not_exists']
  if (field?.encrypted) return always // what is kept may not hold its value
  switch (field?.type) {
    case 'choice':
      return ['in', 'not_in', ...always]
    case 'choices':
      return ['tag', 'not_tag', ...always]
    case 'bool':
      return ['yes', 'no', ...always]
    case 'int':
    case 'number':
    case 'money':
      return ['ge', 'gt', 'le', 'lt', 'eq', 'ne', ...always]
    case 'date':
      return ['ge', 'lt', 'eq', 'recent', 'older', ...always]
    case 'time':
      return ['recent', 'older', 'ge', 'lt', ...always]
    case 'ref':
      if (field.ref === 'person') return ['me', 'not_me', 'in', 'not_in', ...always]
      if (field.ref === 'unit') return ['mine', 'not_mine', 'in', 'not_in', ...always]
      return ['in', 'not_in', ...always]
    case 'place':
      return ['within', 'not_within', ...always]
    default:
      return ['contains', 'not_contains', 'eq', 'ne', 'in', 'not_in', 'starts_with', 'ends_with', ...always]
  }
}

const plain: Partial<Record<RowOp, CondOp>> = {
  eq: 'eq', ne: 'ne', lt: 'lt', le: 'le', gt: 'gt', ge: 'ge',
  contains: 'contains', starts_with: 'starts_with', ends_with: 'ends_with', tag: 'tag', in: 'in', has: 'has', within: 'within', exists: 'exists',
}

const opposite: Partial<Record<RowOp, RowOp>> = {
  not_in: 'in', not_contains: 'contains', missing: 'has', not_tag: 'tag', not_within: 'within', not_me: 'me', not_mine: 'mine', not_exists: 'exists',
}

const negated = (op: RowOp): RowOp | undefined =>
  (Object.keys(opposite) as RowOp[]).find((name) => opposite[name] === op)

const ago = (days: number) => `ctx.now - duration('${Math.round(days * 24)}h')`
const daysOf = (cel: string): number | undefined => {
  const hours = /^ctx\.now - duration\('(\d+)h'\)$/.exec(cel)?.[1]
  return hours === undefined ? undefined : Number(hours) / 24
}

/** Writes a row as a leaf of the tree. */
export function writeRow(row: Row): Cond {
  const reverse = opposite[row.op]
  if (reverse) return { op: 'not', args: [writeRow({ ...row, op: reverse })] }
  const context = contextOf(row.subject)
  if (context) {
    const value = row.operands[0]?.text ?? contexts[context][0]
    return { op: 'known', cel: `ctx.${context} ${row.op === 'ne' ? '!=' : '=='} '${value}'` }
  }
  const field = row.subject
  switch (row.op) {
    case 'exists':
      return { op: 'exists', relation: field.slice(1), ...(row.inner ? { args: [row.inner] } : {}) }
    case 'has':
      return { op: 'has', field }
    case 'yes':
    case 'no':
      return { op: 'eq', field, value: { bool: row.op === 'yes' } }
    case 'me':
      return { op: 'eq', field, value: { cel: 'p.id' } }
    case 'mine':
      return { op: 'in', field, values: [{ cel: 'p.units' }] }
    case 'recent':
    case 'older':
      return { op: row.op === 'recent' ? 'ge' : 'lt', field, value: { cel: ago(row.days ?? 30) } }
    case 'within':
      return { op: 'within', field, point: { lat: row.point?.lat ?? 0, lng: row.point?.lng ?? 0 }, meters: row.meters ?? 0 }
    case 'in':
      return { op: 'in', field, values: row.operands }
    default:
      return { op: plain[row.op] ?? 'eq', field, value: row.operands[0] ?? {} }
  }
}

/** Reads a leaf as a row; undefined when no row says it. */
export function readRow(kinds: CondKind[], kind: CondKind, cond: Cond): Row | undefined {
  if (cond.op === 'not') {
    const inner = cond.args?.[0] && readRow(kinds, kind, cond.args[0])
    const op = inner && negated(inner.op)
    return op && { ...inner, op }
  }
  if (cond.op === 'known') {
    const [, name = '', sign, value = ''] = /^ctx\.(\w+) (==|!=) '(\w*)'$/.exec(cond.cel ?? '') ?? []
    if (!(name in contexts)) return undefined
    return { subject: `@ctx.${name}`, op: sign === '==' ? 'eq' : 'ne', operands: [{ text: value }] }
  }
  if (cond.op === 'exists') {
    if (!kind.relations.some((r) => r.name === cond.relation && r.many)) return undefined
    return { subject: `@${cond.relation ?? ''}`, op: 'exists', operands: [], inner: cond.args?.[0] }
  }
  const subject = cond.field ?? ''
  const field = fieldOf(kinds, kind, subject)
  if (subject !== '' && !field) return undefined
  const row = (op: RowOp, operands: Operand[] = [], more: Partial<Row> = {}): Row => ({ subject, op, operands, ...more })
  const value = cond.value ?? {}
  if (value.field !== undefined) return undefined
  if (value.cel !== undefined) {
    if (value.cel === 'p.id' && field?.ref === 'person' && (cond.op === 'eq' || cond.op === 'ne')) return row(cond.op === 'eq' ? 'me' : 'not_me')
    const days = daysOf(value.cel)
    if (days === undefined || (cond.op !== 'ge' && cond.op !== 'lt')) return undefined
    return row(cond.op === 'ge' ? 'recent' : 'older', [], { days })
  }
  if (cond.op === 'within') return row('within', [], { point: cond.point, meters: cond.meters })
  if (cond.op === 'in') {
    const values = cond.values ?? []
    if (values.length === 1 && values[0]?.cel === 'p.units') return row('mine')
    return values.some((v) => v.cel !== undefined || v.field !== undefined) ? undefined : row('in', values)
  }
  if (cond.op === 'eq' && value.bool !== undefined) return row(value.bool ? 'yes' : 'no')
  const many = opsOf(field, subject).includes('in') && !opsOf(field, subject).includes('eq')
  if (many && (cond.op === 'eq' || cond.op === 'ne')) return row(cond.op === 'eq' ? 'in' : 'not_in', cond.value ? [value] : [])
  const op = (Object.keys(plain) as RowOp[]).find((name) => plain[name] === cond.op)
  return op && row(op, cond.value ? [value] : [])
}

/** The typed value of what somebody wrote; an empty operand while it is none. */
export function operandOf(field: CondField | undefined, text: string): Operand {
  const trimmed = text.trim()
  if (trimmed === '') return {}
  switch (field?.type) {
    case 'int':
      return /^-?\d{1,15}$/.test(trimmed) ? { int: Number(trimmed) } : {}
    case 'number':
      return Number.isFinite(Number(trimmed)) ? { number: Number(trimmed) } : {}
    case 'money':
      return /^-?\d+(\.\d{1,4})?$/.test(trimmed.replaceAll(',', '')) ? { money: trimmed.replaceAll(',', '') } : {}
    case 'date':
    case 'time':
      return { time: trimmed }
    case 'ref':
      return { ref: trimmed }
    default:
      return { text }
  }
}

export function textOf(operand: Operand | undefined): string {
  const value = operand?.text ?? operand?.int ?? operand?.number ?? operand?.money ?? operand?.time ?? operand?.ref
  return value === undefined ? '' : String(value)
}
