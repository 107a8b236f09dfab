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

it('says of who leaves by themselves that they left, and of others who took them off', async () => {
  const [wang, li] = [{ id: '1', name: '王芳' }, { id: '2', name: '李雷' }]
  const told = (type: string, by: typeof wang, person: typeof wang): Happening => ({ id: `${type} ${by.id}`, type, at: '2026-03-01T02:00:00Z', by, access: { person } })
  await timeline([told('left', wang, wang), told('left', li, wang), told('revoked', wang, wang), told('revoked', li, wang), told('glass_ended', wang, wang)], true)
  const said = screen.getAllByRole('listitem').map((one) => one.querySelector('.entry-said')?.textContent)
  expect(said).toEqual(['王芳 退出了协作', '李雷 移除了协作人 王芳', '王芳 归还了临时授权', '李雷 收回了给 王芳 的临时授权', '王芳 结束了应急访问'])
})

it('says of who hands over what is theirs to whom alone', async () => {
  const [wang, li] = [{ id: '1', name: '王芳' }, { id: '2', name: '李雷' }]
  const handed = (by: typeof wang): Happening => ({ id: `handed ${by.id}`, type: 'handed', at: '2026-03-01T02:00:00Z', by, handover: { from: wang, to: li } })
  await timeline([handed(wang), handed({ id: '3', name: '韩梅' })], true)
  const said = screen.getAllByRole('listitem').map((one) => one.querySelector('.entry-said')?.textContent)
  expect(said).toEqual(['王芳 转交给 李雷', '韩梅 由 王芳 转交给 李雷'])
})
