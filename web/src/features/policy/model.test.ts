import { expect, it } from 'vitest'
import type { Matrix } from '@/api/matrix'
import type { Block } from '@/api/packs'
import type { PolicyDocument } from '@/api/policytypes'
import type { Unit } from '@/api/types'
import { differing, telling } from './looks'
import { addBlock, assign, carried, copyAssignments, freeId, removePack, unassign } from './model'

const units = [
  { id: '1', name: 'All', type: 'company' },
  { id: '2', name: 'East', type: 'region', parent: '1' },
  { id: '3', name: 'Shop', type: 'store', parent: '2' },
] as Unit[]

const empty: PolicyDocument = { packs: [], assignments: [], rules: [] }

const hung = [
  { id: '10', pack: 'staff', who: { everyone: true } },
  { id: '11', pack: 'sales', who: { position: 'seller' } },
  { id: '12', pack: 'head', who: { unit: '1', below: true } },
  { id: '13', pack: 'service', who: { unit: '2' } },
  { id: '14', pack: 'finance', who: { person: '7' } },
  { id: '15', pack: 'boss', who: { position: 'seller', unit: '2', below: true } },
]

it('says which packs come to somebody, and how, the nearest first', () => {
  const of = (list: ReturnType<typeof carried>) => list.map((c) => `${c.assignment.pack} ${c.way}`)
  expect(of(carried(hung, { position: 'seller' }, [], units))).toEqual(['sales direct', 'staff everyone'])
  expect(of(carried(hung, { unit: '3' }, [], units))).toEqual(['head above', 'staff everyone'])
  expect(of(carried(hung, { unit: '2' }, [], units))).toEqual(['service direct', 'head above', 'staff everyone'])
  expect(of(carried(hung, { person: '7' }, [{ position: 'seller', unit: '3' }], units))).toEqual([
    'finance direct',
    'sales position',
    'boss position',
    'head above',
    'staff everyone',
  ])
  expect(of(carried(hung, { person: '8' }, [], units))).toEqual(['staff everyone'])
})

it('hangs a pack once, and takes it off', () => {
  const once = assign(empty, 'sales', { position: 'seller' })
  expect(assign(once, 'sales', { position: 'seller' })).toBe(once)
  expect(assign(once, 'sales', { unit: '2', below: true }).assignments).toHaveLength(2)
  expect(unassign({ ...empty, assignments: hung }, '11').assignments).toHaveLength(5)
  expect(unassign(once, undefined)).toBe(once)
})

it('copies what hangs directly; replacing takes off what hung there', () => {
  const document = { ...empty, assignments: hung }
  const copied = copyAssignments(document, { position: 'seller' }, { position: 'clerk' }, false)
  expect(copied.assignments.filter((a) => a.who.position === 'clerk').map((a) => a.pack)).toEqual(['sales'])
  expect(copyAssignments(copied, { position: 'seller' }, { position: 'clerk' }, true)).toBe(copied)
  const replaced = copyAssignments(document, { position: 'seller' }, { person: '7' }, true)
  expect(replaced.assignments.filter((a) => a.who.person === '7').map((a) => a.pack)).toEqual(['sales'])
  const unit = copyAssignments(document, { position: 'seller' }, { unit: '3', below: true }, false)
  expect(unit.assignments.at(-1)?.who).toEqual({ unit: '3', below: true })
})

it('puts a piece into a pack once, under an id of its own', () => {
  const piece = (id: string, actions: string[]) =>
    ({ id, rule: { id: 'customer/own', effect: 'permit', kind: 'customer', actions, where: { path: 'own' }, scene: '' } }) as unknown as Block
  const pack = { id: 'mine', label: { zh: '我', en: '' }, description: { zh: '', en: '' }, rules: [] }
  const one = addBlock({ ...empty, packs: [pack] }, 'mine', piece('a', ['read']))
  expect(addBlock(one, 'mine', piece('b', ['read']))).toBe(one)
  const two = addBlock(one, 'mine', piece('c', ['read', 'edit']))
  expect(two.packs[0]?.rules.map((r) => r.id)).toEqual(['customer/own', 'customer/own-2'])
  expect(addBlock(two, 'none', piece('d', ['edit']))).toBe(two)
  expect(removePack(assign(two, 'mine', { unit: '2' }), 'mine')).toEqual(empty)
  expect(freeId(['pack', 'pack-2'], 'pack')).toBe('pack-3')
})

it('finds the columns in which two rows differ, whatever their sources', () => {
  const matrix = {
    part: 'actions',
    kinds: [],
    columns: [{ kind: 'customer' }, { kind: 'contact' }],
    rows: [{ cells: [0, 2] }, { cells: [1, 2] }, { cells: [0, 3] }],
    cells: [{ sources: [] }, { sources: [1] }, { ways: [{ path: 'all' }], sources: [] }, { ways: [{ path: 'own' }], sources: [] }],
    sources: [],
    epoch: 1,
  } as unknown as Matrix
  expect([...differing(matrix, 0, 1)]).toEqual([])
  expect([...differing(matrix, 0, 2)]).toEqual([1])
  expect(telling(matrix)).toEqual([2, 0, 1])
})
