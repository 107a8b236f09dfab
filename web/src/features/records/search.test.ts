import { expect, it } from 'vitest'
import { belongsTo, fromSimple, isNarrowed, nextSort, toSimple, validateListSearch } from './search'

it('reads any URL without harm', () => {
  expect(validateListSearch({})).toEqual({})
  expect(validateListSearch({ f: 'x', any: 'yes', cel: 7, q: null, sort: {}, cols: ['a'] })).toEqual({ cel: '7' })
  expect(validateListSearch({ f: [['name'], ['name', 'drop table'], 3, ['name', 'eq', 5]] })).toEqual({
    f: [['name', 'eq', '5']],
  })
})

it('keeps the filter through the URL', () => {
  const search = { f: [['name', 'contains', 'a'], ['stage', 'in', 'lead', 'won']], any: true }
  expect(fromSimple(toSimple(search))).toEqual(search)
  expect(fromSimple({ join: 'or', rows: [{ field: '', op: 'has', values: [] }] })).toEqual({})
})

it('turns the order round and off', () => {
  expect([nextSort(undefined, 'name'), nextSort('name', 'name'), nextSort('-name', 'name'), nextSort('city', 'name')]).toEqual([
    'name',
    '-name',
    undefined,
    'name',
  ])
})

it('knows what narrows a list', () => {
  expect(isNarrowed({ sort: 'name', cols: 'a' })).toBe(false)
  expect(isNarrowed(belongsTo('customer', '7'))).toBe(true)
})
