// The simple filter: rows of field, operator and value, joined by and or or, written as the CEL
// text that the server reads. A row that is not finished says nothing.

export const operators = [
  'eq',
  'ne',
  'in',
  'lt',
  'le',
  'gt',
  'ge',
  'on',
  'before',
  'since',
  'contains',
  'starts',
  'ends',
  'tag',
  'yes',
  'no',
  'me',
  'within',
  'has',
  'missing',
] as const
export type Operator = (typeof operators)[number]

export interface Row {
  field: string
  op: Operator
  values: string[]
}

export interface Simple {
  join: 'and' | 'or'
  rows: Row[]
}

interface Typed {
  name: string
  type: string
  ref?: string
  encrypted?: boolean
}

const byType: Record<string, Operator[]> = {
  text: ['contains', 'eq', 'ne', 'starts', 'ends', 'has', 'missing'],
  int: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has', 'missing'],
  number: ['gt', 'ge', 'lt', 'le', 'eq', 'has', 'missing'],
  money: ['ge', 'gt', 'le', 'lt', 'eq', 'has', 'missing'],
  date: ['on', 'since', 'before', 'has', 'missing'],
  time: ['on', 'since', 'before', 'has', 'missing'],
  bool: ['yes', 'no', 'missing'],
  ref: ['eq', 'ne', 'has', 'missing'],
  choice: ['in', 'ne', 'has', 'missing'],
  choices: ['tag', 'has', 'missing'],
  place: ['within', 'has', 'missing'],
}

export function operatorsOf(field: Typed): Operator[] {
  if (field.encrypted) return ['eq', 'ne', 'has', 'missing'] // nothing else can be asked of it
  const list = byType[field.type] ?? ['has', 'missing']
  return field.type === 'ref' && field.ref === 'person' ? ['me', ...list] : list
}

/** How many values an operator takes; `in` takes any number but none. */
export function arity(op: Operator): number | 'many' {
  if (op === 'in' || op === 'tag') return 'many'
  if (op === 'within') return 3
  return ['yes', 'no', 'me', 'has', 'missing'].includes(op) ? 0 : 1
}

/** A CEL string literal: nothing in the text can end it early. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\'\p{Cc}\u2028\u2029]/gu, (c) =>
    c === '\\' || c === "'" ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `'${escaped}'`
}

const numeral = /^-?\d+(\.\d+)?$/
const compare: Partial<Record<Operator, string>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' }
const call: Partial<Record<Operator, string>> = { contains: 'contains', starts: 'startsWith', ends: 'endsWith' }

function nextDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}

/** The instant at which a day begins: in UTC for dates, which are days, and here for moments. */
function begin(day: string, type: string): string {
  const iso = type === 'date' ? `${day}T00:00:00Z` : new Date(`${day}T00:00:00`).toISOString()
  return `timestamp('${iso}')`
}

function ofDay(r: string, field: Typed, op: Operator, day: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  if (op === 'before') return `${r} < ${begin(day, field.type)}`
  if (op === 'since') return `${r} >= ${begin(day, field.type)}`
  return `(${r} >= ${begin(day, field.type)} && ${r} < ${begin(nextDay(day), field.type)})`
}

function literal(type: string, text: string): string | undefined {
  if (['int', 'number', 'money'].includes(type)) {
    const plain = text.trim().replaceAll(',', '')
    if (!numeral.test(plain)) return undefined
    // CEL keeps whole numbers and fractions apart; a number field is a fraction.
    return type === 'number' && !plain.includes('.') ? `${plain}.0` : plain
  }
  return text === '' ? undefined : quote(text)
}

/** The CEL text of one row; undefined while the row is not finished. */
export function rowText(row: Row, field: Typed): string | undefined {
  const r = `r.${field.name}`
  const first = row.values[0] ?? ''
  switch (row.op) {
    case 'has':
      return `has(${r})`
    case 'missing':
      return `!has(${r})`
    case 'yes':
      return `${r} == true`
    case 'no':
      return `${r} == false`
    case 'me':
      return `${r} == p.id`
    case 'in': {
      const list = row.values.filter((v) => v !== '').map(quote)
      return list.length === 0 ? undefined : `${r} in [${list.join(', ')}]`
    }
    case 'tag': {
      const list = row.values.filter((v) => v !== '').map((v) => `${quote(v)} in ${r}`)
      return list.length === 0 ? undefined : list.length === 1 ? list[0] : `(${list.join(' || ')})`
    }
    case 'on':
    case 'before':
    case 'since':
      return ofDay(r, field, row.op, first)
    case 'within': {
      const [lat = '', lng = '', meters = ''] = row.values.map((v) => literal('number', v))
      return lat && lng && meters ? `distance(${r}, point(${lat}, ${lng})) <= ${meters}` : undefined
    }
    case 'contains':
    case 'starts':
    case 'ends':
      return first === '' ? undefined : `${r}.${call[row.op]}(${quote(first)})`
    default: {
      const value = literal(field.type, first)
      return value === undefined ? undefined : `${r} ${compare[row.op]} ${value}`
    }
  }
}

/** The CEL text of the whole filter; undefined when it says nothing. */
export function simpleText(simple: Simple, fields: Typed[]): string | undefined {
  const texts = simple.rows.flatMap((row) => {
    const field = fields.find((f) => f.name === row.field)
    return (field && rowText(row, field)) ?? []
  })
  if (texts.length === 0) return undefined
  return texts.join(simple.join === 'and' ? ' && ' : ' || ')
}

/** Joins the simple filter with the text somebody wrote by hand. */
export function bothTexts(simple: string | undefined, raw: string | undefined): string | undefined {
  const written = raw?.trim() || undefined
  if (simple && written) return `(${simple}) && (${written})`
  return simple ?? written
}

/**
 * Where an error at "line:column" of the joined text stands in the text written by hand: the
 * reader counts in what they wrote.
 */
export function positionInRaw(at: string, simple: string | undefined, raw: string): string {
  const [, line = '', column = ''] = /^(\d+):(\d+)$/.exec(at) ?? []
  if (line !== '1' || !simple) return at
  const lead = raw.length - raw.trimStart().length
  const shift = simple.length + '() && ('.length - lead
  return `1:${Math.max(1, Number(column) - shift)}`
}
