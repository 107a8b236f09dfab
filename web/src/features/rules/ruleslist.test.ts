import { expect, it } from 'vitest'
import type { Change, Draft, Rule } from '@/api/policytypes'
import type { WrittenRule } from '@/api/rules'
import { entriesOf, found, timeOf } from './ruleslist'
import { validateRulesSearch } from './search'

const rule = (id: string, until?: string): Rule => ({
  id,
  effect: 'permit',
  who: { any: [{ everyone: true }] },
  kind: 'customer',
  actions: ['read'],
  where: { path: 'all' },
  scene: id,
  ...(until ? { until } : {}),
})
const written = (one: Rule): WrittenRule => ({ rule: one, sentence: { zh: one.id, en: one.id } })
const drafted = (rules: Rule[], changes: Pick<Change, 'op' | 'id'>[]) =>
  ({ document: { packs: [], assignments: [], rules }, changes: changes.map((one) => ({ ...one, part: 'rule', sentence: {} })) }) as unknown as Draft

it('lists what a draft leaves alone as it is in force, and not as it was when the draft was begun', () => {
  const published = [written(rule('ended', '2026-03-01T00:00:00Z')), written(rule('mine', '2026-04-01T00:00:00Z')), written(rule('dropped')), written(rule('late'))]
  const draft = drafted(
    [rule('ended', '2026-05-01T00:00:00Z'), rule('mine', '2026-02-01T00:00:00Z'), rule('own')],
    [
      { op: 'changed', id: 'mine' },
      { op: 'added', id: 'own' },
      { op: 'removed', id: 'dropped' },
    ],
  )
  const seen = entriesOf(published, [], draft).map((one) => [one.key, one.rule.until, one.draft ?? (one.newer ? 'newer' : undefined)])
  expect(seen).toEqual([
    ['ended', '2026-03-01T00:00:00Z', undefined],
    ['mine', '2026-02-01T00:00:00Z', 'changed'],
    ['own', undefined, 'added'],
    ['late', undefined, 'newer'],
    ['dropped', undefined, 'removed'],
  ])
})

it('says of a rule whether it has ended or begins later, by its half-open window', () => {
  const at = Date.parse('2026-03-01T00:00:00Z')
  const between = (from?: string, until?: string) => timeOf({ ...rule('x', until), ...(from ? { from } : {}) }, at)
  expect(between()).toBe('open')
  expect(between('2026-03-01T00:00:00Z', '2026-03-01T00:00:00.001Z')).toBe('open')
  expect(between(undefined, '2026-03-01T00:00:00Z')).toBe('ended')
  expect(between('2026-03-01T00:00:00.001Z')).toBe('ahead')
  expect(between('2026-04-01T00:00:00Z', '2026-02-01T00:00:00Z')).toBe('ended')
  const list = entriesOf([written(rule('past', '2026-01-01T00:00:00Z')), written({ ...rule('coming'), from: '2026-05-01T00:00:00Z' }), written(rule('always'))], [], undefined)
  const seen = (time: string) => found(list, validateRulesSearch({ time }), at).map((one) => one.key)
  expect([seen('ended'), seen('ahead'), seen('open'), seen('nonsense')]).toEqual([['past'], ['coming'], ['always'], ['past', 'coming', 'always']])
})
