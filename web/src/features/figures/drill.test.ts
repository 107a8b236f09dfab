import { expect, it } from 'vitest'
import { customer } from '@/testing/fixtures'
import { drill } from './drill'
import { row } from './plan'

const rows = [row('stage', 'in', 'lead', 'active'), row('owner', 'me')]

it('opens the list that a group is of', () => {
  expect(drill({ kind: customer, rows, group: 'stage' }, 'lead')).toEqual([row('owner', 'me'), row('stage', 'in', 'lead')])
  expect(drill({ kind: customer, rows: [], group: 'owner' }, '9')).toEqual([row('owner', 'eq', '9')])
  expect(drill({ kind: customer, rows: [], group: 'owner' }, '')).toEqual([row('owner', 'missing')])
  expect(drill({ kind: customer, rows: [row('created_at', 'since', '2025-01-01')], group: 'month(created_at)' }, '2025-12')).toEqual([
    row('created_at', 'since', '2025-12-01'),
    row('created_at', 'before', '2026-01-01'),
  ])
})

it('opens nothing where no list shows just that', () => {
  expect(drill({ kind: customer, rows, group: 'quarter(created_at)' }, '2025-Q1')).toBeUndefined()
})
