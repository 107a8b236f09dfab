import { expect, it } from 'vitest'
import { daysAfter, lastMonths, monthAfter, startOf, today } from './period'

// 23:30 on the last day of March in Greenwich is the first of April in China.
const now = Date.parse('2026-03-31T23:30:00Z')

it('reckons by the clock of China', () => {
  expect(today(now)).toBe('2026-04-01')
  expect(startOf('month', now)).toBe('2026-04-01')
  expect(startOf('quarter', now)).toBe('2026-04-01')
  expect(startOf('year', now)).toBe('2026-01-01')
})

it('reckons the period before', () => {
  expect(startOf('month', now, 4)).toBe('2025-12-01')
  expect(startOf('quarter', now, 2)).toBe('2025-10-01')
  expect(startOf('year', now, 1)).toBe('2025-01-01')
})

it('names months and days', () => {
  expect(lastMonths(3, now)).toEqual(['2026-02', '2026-03', '2026-04'])
  expect(monthAfter('2025-12')).toBe('2026-01-01')
  expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01')
})
