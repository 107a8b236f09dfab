import { expect, test } from 'vitest'
import { type GroupDraft, lackOf, newGroup, newTag, toSend } from './draft'

const draft = (byRule: boolean): GroupDraft => ({
  ...newGroup,
  byRule,
  parts: {
    ...newGroup.parts,
    label: { zh: ' 消费 ', en: 'Spending' },
    choices: [
      { code: 't_1', label: { zh: '大', en: 'Big' } },
      { code: 't_2', label: { zh: '旧', en: 'Old' }, retired: true },
    ],
    group: {
      colour: 'gold',
      tells: ['money'],
      rules: [
        { tag: 't_1', terms: [{ relation: 'payments', op: 'gt', value: '1' }] },
        { tag: 't_2', terms: [{ relation: 'payments', op: 'gt', value: '1' }] },
      ],
    },
  },
})

test('rules are sent where they keep the group, and of no retired tag', () => {
  const sent = toSend(draft(true))
  expect(sent.label.zh).toBe('消费')
  expect(sent.group.rules?.map((r) => r.tag)).toEqual(['t_1'])
  expect(sent.group.tells).toEqual(['money'])
  expect(toSend(draft(false)).group).toEqual({ colour: 'gold', rules: undefined, tells: undefined })
})

test('a group by rules without any cannot be saved', () => {
  expect(lackOf({ ...draft(true), parts: { ...draft(true).parts, group: { colour: 'gold' } } })).toBe('rules')
  expect(lackOf(draft(true))).toBeUndefined()
})

test('a new tag has a code of its own', () => {
  expect(newTag(draft(true).parts.choices).code).toBe('t_3')
})
