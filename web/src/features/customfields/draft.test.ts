import { expect, test } from 'vitest'
import type { RuleKind } from '@/api/rules'
import { keyPattern, masksOf, movedBy, newField, proposed, toSend, wrongAt } from './draft'

const kind = { name: 'customer', searched: ['general'], fields: [] } as unknown as RuleKind

test('a name is proposed from the label, and is free', () => {
  expect(proposed('Account number (spare)', [])).toBe('c_account_number_spare')
  expect(proposed('Café', ['c_cafe'])).toBe('c_cafe_2')
  expect(proposed('账号', [])).toBe('c_field')
  for (const label of ['', '__', 'x'.repeat(80), 'É'.repeat(50)]) expect(proposed(label, [])).toMatch(keyPattern)
})

test('what a type does not have is not sent', () => {
  const parts = { ...newField.parts, label: { zh: ' 备用账号 ', en: 'Spare' }, encrypted: true, search: true, choices: [], mask: 'masked:district' as const }
  expect(toSend(kind, { ...newField, parts })).toEqual({ type: 'text', label: { zh: '备用账号', en: 'Spare' }, class: 'general', encrypted: true })
  expect(toSend(kind, { ...newField, parts: { ...parts, type: 'date', mask: 'masked:year' } })).toMatchObject({ encrypted: undefined, search: undefined, mask: 'masked:year' })
  expect(toSend(kind, { ...newField, parts: { ...newField.parts, search: true } }).search).toBe(true)
  expect(toSend(kind, { ...newField, parts: { ...newField.parts, search: true, class: 'identity' } }).search).toBeUndefined()
})

test('an encrypted field is masked only as a preview is kept', () => {
  expect(masksOf('text', true)).not.toContain('district')
  expect(masksOf('number', false)).toEqual(['constant'])
})

test('a refusal stands at its field', () => {
  const errors = [{ at: 'label.zh', code: 'double' }, { at: 'choices[1].label', code: 'label' }, { at: 'choices[2]', code: 'double' }, { at: 'group.rules', code: 'x' }]
  expect(wrongAt({ status: 400, kind: 'Invalid', code: 'custom_field', errors })).toEqual({
    'label.zh': errors[0],
    choices: errors[1],
    '': errors[3],
  })
  expect(wrongAt({ status: 409, kind: 'Conflict', code: 'field_used' })).toMatchObject({ '': { code: 'field_used' } })
})

test('fields change places, and stay where there is nothing beyond', () => {
  expect(movedBy(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(movedBy(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(movedBy(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
})
