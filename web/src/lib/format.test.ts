import { expect, it } from 'vitest'
import { format, groupDecimal } from './format'

it.each([
  ['20565.6206', '20,565.6206'],
  ['1234567', '1,234,567.00'],
  ['-0.5', '-0.50'],
  ['90071992547409931.01', '90,071,992,547,409,931.01'],
  ['n/a', 'n/a'],
])('groups %s', (raw, want) => expect(groupDecimal(raw)).toBe(want))

it('writes money in its currency, in both languages', () => {
  expect(format('zh-CN').money('1234.5', 'CNY')).toBe('¥1,234.50')
  expect(format('en').money('-1234.5', 'USD')).toBe('-$1,234.50')
  expect(format('en').money('1', 'not a code')).toBe('not a code1.00')
  expect(format('en').money('1')).toBe('1.00')
})

it('keeps a day the same day everywhere', () => {
  expect(format('zh-CN').day('2026-01-31')).toBe('2026/01/31')
  expect(format('en').day('2026-01-31T00:00:00Z')).toBe('01/31/2026')
  expect(format('en').day('soon')).toBe('soon')
})

it('says how long ago', () => {
  expect(format('zh-CN').ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:05:00Z'))).toBe('5分钟前')
  expect(format('en').ago('2026-01-01T00:00:00Z', Date.parse('2026-01-03T00:00:00Z'))).toBe('2 days ago')
})

it('keeps a year together', () => {
  expect(format('zh-CN').integer(1980)).toBe('1980')
  expect(format('en').integer(40000)).toBe('40,000')
})
