import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Happening } from '@/api/beneath'
import { customer, item } from '@/testing/fixtures'
import { show } from '@/testing/render'
import { TimelineView } from './timeline'

const created: Happening = { id: 'c-1', type: 'created', at: '2026-03-01T02:00:00Z' }
const timeline = (happenings: Happening[], all: boolean, archived?: string) =>
  show(<TimelineView kind={customer} kinds={[customer]} item={item} all={all} happenings={happenings} archived={archived} />)

it('says at its end that older changes lie in archives, and does not say that nothing happened', async () => {
  await timeline([], true, '2026-02-01T02:00:00Z')
  expect(screen.getByRole('note').textContent).toMatch(/2026\/02\/01.*归档文件/)
  expect(screen.queryByText('还没有动态')).toBeNull()
})

it('says so behind what there is', async () => {
  await timeline([created], false, '2026-02-01T02:00:00Z')
  const entry = screen.getByRole('listitem')
  expect(entry.compareDocumentPosition(screen.getByRole('note')) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
})

it('says nothing of archives where there are none', async () => {
  await timeline([created], true)
  expect(screen.queryByRole('note')).toBeNull()
})
