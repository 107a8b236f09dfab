import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { TagRun } from '@/api/taggroups'
import { answer, show } from '@/testing/render'
import { LastRun } from './lastrun'

it('says what a group closes until it was derived for the first time, and of no other group', async () => {
  let now: TagRun = { id: '1', kind: 'customer', why: 'changed', status: 'running', total: 40, looked: 12, changed: 3, created_at: '2026-03-01T02:00:00Z', awaits: ['c_spending'] }
  answer(() => ({ body: { items: [now] } }))
  const other = await show(<LastRun kind="customer" group="c_baby" may />)
  await screen.findByText(/正在更新：12 \/ 40/)
  expect(screen.queryByText(/还没有对全部记录算过一遍/)).toBeNull()
  other.unmount()
  await show(<LastRun kind="customer" group="c_spending" may />)
  expect((await screen.findByText(/还没有对全部记录算过一遍/)).textContent).toContain('禁止规则会先锁住它们')
  now = { ...now, status: 'done', looked: 40, finished_at: '2026-03-01T02:01:00Z', awaits: undefined }
  await screen.findByText(/查看 40 条/)
  await waitFor(() => expect(screen.queryByText(/还没有对全部记录算过一遍/)).toBeNull())
})
