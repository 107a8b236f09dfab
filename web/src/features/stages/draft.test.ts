import { expect, test } from 'vitest'
import type { StageParts } from '@/api/stages'
import { leads, moved, newCode, without, withWay } from './draft'

const named = (code: string): StageParts => ({ code, label: { zh: code, en: code }, anywhere: true })
const stages = ['a', 'b', 'c'].map(named)

test('a way is closed and opened without closing others', () => {
  const closed = withWay(stages, 'c', 'a', false)
  expect(closed[2]).toMatchObject({ anywhere: false, from: ['b'] })
  const shut = withWay(closed, 'c', 'b', false)
  expect(shut[2]).toMatchObject({ anywhere: false, from: [] })
  expect(stages.some((s) => leads(shut[2] ?? s, s.code) && s.code !== 'c')).toBe(false)
  const again = withWay(withWay(shut, 'c', 'a', true), 'c', 'b', true)
  expect(again[2]?.anywhere).toBe(true)
})

test('a stage that goes leaves no way behind', () => {
  expect(without(withWay(stages, 'c', 'a', false), 'b')[1]).toMatchObject({ code: 'c', from: [] })
})

test('stages change places, and a new one has a code of its own', () => {
  expect(moved(stages, 'c', 0).map((s) => s.code)).toEqual(['c', 'a', 'b'])
  expect(moved(stages, 'a', 9).map((s) => s.code)).toEqual(['b', 'c', 'a'])
  expect(newCode([...stages, named('own_4')])).toBe('own_5')
})

test('nothing leads into a retired stage', () => {
  expect(leads({ ...named('x'), retired: true }, 'a')).toBe(false)
})
