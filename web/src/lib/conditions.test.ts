import { describe, expect, it } from 'vitest'
import { bothTexts, operatorsOf, positionInRaw, quote, type Row, rowText, simpleText } from './conditions'

const fields = [
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'money' },
  { name: 'size', type: 'number' },
  { name: 'count', type: 'int' },
  { name: 'vip', type: 'bool' },
  { name: 'stage', type: 'choice' },
  { name: 'tags', type: 'choices' },
  { name: 'owner', type: 'ref', ref: 'person' },
  { name: 'signed_on', type: 'date' },
  { name: 'place', type: 'place' },
]

const text = (field: string, op: Row['op'], ...values: string[]) => {
  const found = fields.find((f) => f.name === field)
  return found && rowText({ field, op, values }, found)
}

describe('the CEL text of a row', () => {
  it.each([
    [text('name', 'contains', '深圳'), "r.name.contains('深圳')"],
    [text('name', 'starts', 'A'), "r.name.startsWith('A')"],
    [text('name', 'ends', 'Z'), "r.name.endsWith('Z')"],
    [text('name', 'ne', 'x'), "r.name != 'x'"],
    [text('amount', 'gt', '1,000.5'), 'r.amount > 1000.5'],
    [text('size', 'le', '3'), 'r.size <= 3.0'],
    [text('count', 'eq', '3'), 'r.count == 3'],
    [text('vip', 'yes'), 'r.vip == true'],
    [text('stage', 'in', 'lead', 'won'), "r.stage in ['lead', 'won']"],
    [text('tags', 'tag', 'vip'), "'vip' in r.tags"],
    [text('tags', 'tag', 'a', 'b'), "('a' in r.tags || 'b' in r.tags)"],
    [text('owner', 'me'), 'r.owner == p.id'],
    [text('owner', 'eq', '12'), "r.owner == '12'"],
    [text('signed_on', 'since', '2026-01-31'), "r.signed_on >= timestamp('2026-01-31T00:00:00Z')"],
    [
      text('signed_on', 'on', '2026-12-31'),
      "(r.signed_on >= timestamp('2026-12-31T00:00:00Z') && r.signed_on < timestamp('2027-01-01T00:00:00Z'))",
    ],
    [text('place', 'has'), 'has(r.place)'],
    [text('place', 'missing'), '!has(r.place)'],
    [text('place', 'within', '51.5', '-0.1', '3000'), 'distance(r.place, point(51.5, -0.1)) <= 3000.0'],
  ])('%s', (got, want) => expect(got).toBe(want))

  it.each([
    ['an empty needle', text('name', 'contains', '')],
    ['no number', text('amount', 'gt', 'many')],
    ['a power', text('amount', 'gt', '1e9')],
    ['no choice', text('stage', 'in')],
    ['no day', text('signed_on', 'on', 'soon')],
    ['half a place', text('place', 'within', '51.5', '', '3000')],
  ])('says nothing with %s', (_, got) => expect(got).toBeUndefined())
})

describe('quote', () => {
  it.each([
    ["O'Neil", String.raw`'O\'Neil'`],
    [String.raw`a\'b`, String.raw`'a\\\'b'`],
    ['a\nb\u0000', String.raw`'a\u000ab\u0000'`],
    ["') || true || ('", String.raw`'\') || true || (\''`],
  ])('%j cannot end the literal early', (raw, want) => expect(quote(raw)).toBe(want))
})

describe('the whole filter', () => {
  const rows: Row[] = [
    { field: 'name', op: 'contains', values: ['a'] },
    { field: 'name', op: 'contains', values: [''] },
    { field: 'gone', op: 'has', values: [] },
    { field: 'vip', op: 'yes', values: [] },
  ]
  it('joins what is finished', () => {
    expect(simpleText({ join: 'and', rows }, fields)).toBe("r.name.contains('a') && r.vip == true")
    expect(simpleText({ join: 'or', rows }, fields)).toBe("r.name.contains('a') || r.vip == true")
  })
  it('is absent, never a constant, when nothing is finished', () => {
    expect(simpleText({ join: 'and', rows: [] }, fields)).toBeUndefined()
    expect(bothTexts(undefined, '  ')).toBeUndefined()
  })
  it('keeps the parts apart', () => {
    expect(bothTexts('a || b', 'c || d')).toBe('(a || b) && (c || d)')
  })
  it('counts an error in what was written by hand', () => {
    const joined = bothTexts('r.vip == true', ' r.x !! 1') ?? ''
    const at = `1:${joined.indexOf('!!') + 1}`
    expect(positionInRaw(at, 'r.vip == true', ' r.x !! 1')).toBe('1:6')
    expect(positionInRaw('2:3', 'r.vip == true', 'a\nb')).toBe('2:3')
    expect(positionInRaw('1:5', undefined, 'r.x !! 1')).toBe('1:5')
  })
})

it('offers "is me" for people alone', () => {
  expect(operatorsOf({ name: 'owner', type: 'ref', ref: 'person' })).toContain('me')
  expect(operatorsOf({ name: 'customer', type: 'ref', ref: 'customer' })).not.toContain('me')
})

it('asks of an encrypted field whether there is a value, or whether it is one', () => {
  expect(operatorsOf({ name: 'id_number', type: 'text', encrypted: true })).toEqual(['eq', 'ne', 'has', 'missing'])
  expect(operatorsOf({ name: 'name', type: 'text' })).toContain('contains')
})
