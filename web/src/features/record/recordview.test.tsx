import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { Item } from '@/api/types'
import { customer, explanation, item } from '@/testing/fixtures'
import { answer, show } from '@/testing/render'
import { RecordView } from './recordview'
import { RelatedView } from './related'
import { contact } from '@/testing/fixtures'

const record = (of: Item, onDelete = vi.fn()) =>
  show(<RecordView kind={customer} item={of} refreshing={false} deleting={false} onDelete={onDelete} />)

it('shows each field as its reader may see it', async () => {
  await record(item)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('深蓝海洋装备')
  expect(screen.getByText('¥1,234,567.50')).toBeTruthy()
  expect(screen.getByRole('link', { name: '陈雨桐' })).toBeTruthy()
  expect(screen.getByRole('button', { name: /电话已打码/ })).toBeTruthy()
  expect(screen.getByRole('button', { name: /银行账号对您隐藏/ })).toBeTruthy()
  expect(screen.getByText(/部分字段对您打码或隐藏/)).toBeTruthy()
})

it('says nothing of masks where there are none', async () => {
  await record({ ...item, masked: {}, hidden: [] })
  expect(screen.queryByText(/部分字段/)).toBeNull()
})

it('answers why a field is masked', async () => {
  const calls = answer(() => ({ body: explanation }))
  await record(item)
  await userEvent.click(screen.getByRole('button', { name: /电话已打码/ }))
  const panel = await screen.findByRole('dialog', { name: '电话为什么打码？' })
  expect(await within(panel).findByText('销售 可以 查看 本部门的客户；联系方式打码')).toBeTruthy()
  expect(within(panel).getByText('您不是负责人')).toBeTruthy()
  expect(within(panel).getByText(/用途：防止抢单/)).toBeTruthy()
  expect(within(panel).getByText(/有效期至 2026/)).toBeTruthy()
  expect(Object.fromEntries(calls[0]?.query ?? [])).toEqual({ kind: 'customer', id: '7', action: 'read', field: 'phone' })
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement?.textContent).toContain('138****5678')
})

it('leaves a mask in its place when its eye comes', async () => {
  answer(() => ({ body: explanation }))
  await record({ ...item, reveal: ['phone'] })
  const mark = screen.getByRole('button', { name: /电话已打码/ })
  await userEvent.click(mark)
  expect(await screen.findByRole('button', { name: '查看电话的明文' })).toBeTruthy()
  expect(mark.isConnected).toBe(true)
  expect(screen.getByRole('dialog', { name: '电话为什么打码？' })).toBeTruthy()
})

it('shows what is refused as disabled, with its reason', async () => {
  const calls = answer(() => ({ body: { allowed: false } }))
  await record(item)
  expect(screen.getByRole('button', { name: '删除' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('button', { name: /为什么不能删除/ }))
  expect(await screen.findByText(/没有任何规则允许您进行此操作/)).toBeTruthy()
  expect(calls[0]?.query.get('action')).toBe('delete')
})

it('takes what was not said to be allowed as refused', async () => {
  await record({ id: '7', kind: 'customer', version: 1, title: 'x', fields: {} })
  expect(screen.queryByRole('link', { name: '编辑' })).toBeNull()
  expect(screen.getByRole('button', { name: '编辑' })).toHaveProperty('disabled', true)
})

it('deletes only when asked twice', async () => {
  const onDelete = vi.fn()
  await record({ ...item, can: ['delete'] }, onDelete)
  await userEvent.click(screen.getByRole('button', { name: '删除' }))
  expect(onDelete).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: '确认删除' }))
  expect(onDelete).toHaveBeenCalledOnce()
})

it('does not name what a reference points at when it may not', async () => {
  await record({ ...item, refs: { owner: { id: '9' } } })
  expect(screen.getByText('无权查看')).toBeTruthy()
  expect(screen.queryByText('9')).toBeNull()
})

const relation = { name: 'contacts', label: { zh: '联系人', en: 'Contacts' }, kind: 'contact', field: 'customer', many: true }
const related = (rest: object) =>
  show(<RelatedView title="联系人" relation={relation} kind={contact} id="7" onRetry={() => undefined} {...rest} />)

it('lists what is related', async () => {
  await related({ items: [{ ...item, id: '8', kind: 'contact', title: '王子涵' }], total: { count: 12, capped: false } })
  expect(screen.getByText('12')).toBeTruthy()
  expect(screen.getByRole('link', { name: '王子涵' })).toBeTruthy()
  expect(screen.getByRole('link', { name: /查看全部/ })).toBeTruthy()
})

it('says that nothing is related, and that it could not be read', async () => {
  await related({ items: [], total: { count: 0, capped: false } })
  expect(screen.getByText('没有联系人')).toBeTruthy()
  await related({ failed: 'Internal' })
  expect(screen.getByText('没有读到联系人')).toBeTruthy()
})

it('offers the tags that are in use, and takes a new one', async () => {
  const calls = answer(() => ({ body: { ...item, version: 4 } }))
  const onTagging = vi.fn()
  const tagged = { ...item, editable: [...(item.editable ?? []), 'tags'] }
  await show(<RecordView kind={customer} item={tagged} refreshing={false} deleting={false} onDelete={vi.fn()} tags={['重点', '展会', '老客户']} onTagging={onTagging} />)
  expect(onTagging).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: '添加标签' }))
  expect(onTagging).toHaveBeenCalledTimes(1)
  const input = screen.getByLabelText('新标签')
  const offered = [...document.querySelectorAll(`datalist[id="${input.getAttribute('list')}"] option`)].map((option) => option.getAttribute('value'))
  expect(offered).toEqual(['展会', '老客户']) // what it has already is no choice
  await userEvent.type(input, '新来的{Enter}')
  expect(calls.find((call) => call.method === 'PATCH')?.body).toEqual({ fields: { tags: ['重点', '新来的'] } })
})
