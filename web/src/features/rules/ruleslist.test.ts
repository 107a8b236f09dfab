import { expect, it } from 'vitest'
import type { Change, Draft, Rule } from '@/api/policytypes'
import type { WrittenRule } from '@/api/rules'
import { entriesOf } from './ruleslist'

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
