import { describe, expect, it } from 'vitest'
import type { Cond } from '@/api/policytypes'
import { operandOf, readRow, writeRow } from './condrows'
import { addTo, argsAt, type CondKind, lift, meant, nest, placeOf, removeAt, rooted, shift, withMode } from './condtree'

const has = (field: string): Cond => ({ op: 'has', field })
const both = (zh: string) => ({ zh, en: zh })

const customer: CondKind = {
  name: 'customer',
  label: both('客户'),
  fields: [
    { name: 'name', label: both('名称'), type: 'text', class: 'general' },
    { name: 'type', label: both('类型'), type: 'choice', class: 'general', choices: [{ code: 'company', label: both('企业') }] },
    { name: 'owner', label: both('负责人'), type: 'ref', ref: 'person', class: 'general' },
    { name: 'unit', label: both('部门'), type: 'ref', ref: 'unit', class: 'general' },
    { name: 'revenue', label: both('收入'), type: 'money', class: 'money' },
    { name: 'created_at', label: both('创建'), type: 'time', class: 'general' },
    { name: 'vip', label: both('贵宾'), type: 'bool', class: 'general' },
    { name: 'place', label: both('位置'), type: 'place', class: 'general' },
    { name: 'tags', label: both('标签'), type: 'choices', class: 'general' },
  ],
  relations: [{ name: 'tickets', label: both('工单'), kind: 'ticket', many: true, always: false }],
}

describe('the tree', () => {
  const root: Cond = {
    op: 'all',
    args: [has('a'), { op: 'any', args: [has('b'), has('c')] }, { op: 'not', args: [{ op: 'any', args: [has('d')] }] }],
  }

  it('means nothing without rows, and a single row alone', () => {
    expect(meant(rooted(undefined))).toBeUndefined()
    expect(meant(rooted(has('a')))).toEqual(has('a'))
    expect(rooted(root)).toBe(root)
  })

  it('adds, removes and moves within the group at a place', () => {
    expect(argsAt(addTo(root, [1], has('x')), [1])).toEqual([has('b'), has('c'), has('x')])
    expect(argsAt(addTo(root, [2], has('x')), [2])).toEqual([has('d'), has('x')])
    expect(argsAt(removeAt(root, [1, 0]), [1])).toEqual([has('c')])
    expect(argsAt(shift(root, [1, 1], -1), [1])).toEqual([has('c'), has('b')])
    expect(shift(root, [0], -1)).toEqual(root)
  })

  it('nests a row and takes it out again', () => {
    const nested = nest(root, [0])
    expect(argsAt(nested, [0])).toEqual([has('a')])
    expect(lift(nested, [0, 0])).toEqual(root)
    expect(lift(root, [1, 0]).args?.map((c) => c.field ?? c.op)).toEqual(['a', 'any', 'b', 'not'])
  })

  it('writes "none of these" as not any', () => {
    expect(withMode(root, [1], 'none').args?.[1]).toEqual({ op: 'not', args: [{ op: 'any', args: [has('b'), has('c')] }] })
    expect(withMode(root, [2], 'all').args?.[2]).toEqual({ op: 'all', args: [has('d')] })
  })

  it('finds the row of a place that the server names', () => {
    expect(placeOf(root, 'args[0].value')).toEqual([0])
    expect(placeOf(root, 'args[1].args[1].field')).toEqual([1, 1])
    expect(placeOf(root, 'args[2].args[0].args[0].value')).toEqual([2, 0])
    expect(placeOf(root, 'args[2].args[0].args')).toEqual([2])
    expect(placeOf({ op: 'all', args: [{ op: 'not', args: [has('a')] }] }, 'args[0].args[0].field')).toEqual([0])
  })
})

describe('rows', () => {
  const leaves: Cond[] = [
    has('name'),
    { op: 'not', args: [has('name')] },
    { op: 'contains', field: 'name', value: { text: "a\\' || true" } },
    { op: 'in', field: 'type', values: [{ text: 'company' }] },
    { op: 'not', args: [{ op: 'in', field: 'type', values: [{ text: 'company' }] }] },
    { op: 'eq', field: 'owner', value: { cel: 'p.id' } },
    { op: 'in', field: 'unit', values: [{ cel: 'p.units' }] },
    { op: 'ge', field: 'revenue', value: { money: '1000.50' } },
    { op: 'ge', field: 'created_at', value: { cel: "ctx.now - duration('720h')" } },
    { op: 'eq', field: 'vip', value: { bool: false } },
    { op: 'within', field: 'place', point: { lat: 22.5, lng: 114 }, meters: 3000 },
    { op: 'tag', field: 'tags', value: { text: 'vip' } },
    { op: 'exists', relation: 'tickets', args: [has('open')] },
    { op: 'known', cel: "ctx.network == 'office'" },
  ]

  it.each(leaves)('read and write %j alike', (leaf) => {
    const row = readRow([customer], customer, leaf)
    expect(row).toBeDefined()
    expect(row && writeRow(row)).toEqual(leaf)
  })

  it('leaves to the text what no row says', () => {
    for (const leaf of [
      { op: 'eq', field: 'name', value: { field: 'type' } },
      { op: 'known', cel: 'p.level > 3' },
      { op: 'eq', field: 'nothing', value: { text: 'x' } },
      { op: 'not', args: [{ op: 'starts_with', field: 'name', value: { text: 'x' } }] },
    ] as Cond[]) {
      expect(readRow([customer], customer, leaf)).toBeUndefined()
    }
  })

  it('types what is written, and is empty while it is no value', () => {
    const [, , , , revenue] = customer.fields
    expect(operandOf(revenue, '1,000.5')).toEqual({ money: '1000.5' })
    expect(operandOf(revenue, '12a')).toEqual({})
    expect(operandOf(undefined, ' ')).toEqual({})
  })
})
