import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api/problem'
import { setLanguage } from '@/lib/i18n'
import { customer, item } from '@/testing/fixtures'
import { show } from '@/testing/render'
import { screenWidth } from '@/testing/setup'
import { columnsOf } from './columns'
import { type ListState, ListView } from './listview'
import type { ListSearch } from './search'

const ready: ListState = { status: 'ready', items: [item], total: { count: 1, capped: false }, refreshing: false, more: 'none' }

function list(state: Partial<ListState>, search: ListSearch = {}, narrowed = false) {
  const on = { onSearch: vi.fn(), onSort: vi.fn(), onOpen: vi.fn(), onMore: vi.fn(), onRetry: vi.fn() }
  const view = (
    <ListView
      kind={customer}
      columns={columnsOf(customer, search.cols)}
      search={search}
      narrowed={narrowed}
      state={{ ...ready, ...state }}
      {...on}
    />
  )
  return { on, shown: show(view) }
}

it('shows rows with masked and hidden cells', async () => {
  await list({}, { cols: 'name,phone,bank,revenue' }).shown
  const row = screen.getAllByRole('row')[1] as HTMLElement
  expect(within(row).getByRole('link', { name: '深蓝海洋装备' })).toBeTruthy()
  expect(within(row).getByRole('button', { name: /电话已打码，显示为 138\*\*\*\*5678/ })).toBeTruthy()
  expect(within(row).getByRole('button', { name: /银行账号对您隐藏/ })).toBeTruthy()
  expect(within(row).getByText('¥1,234,567.50')).toBeTruthy()
  expect(screen.getByText('共 1 条')).toBeTruthy()
})

it('says more than, never a wrong number', async () => {
  await list({ total: { count: 10_000, capped: true } }).shown
  expect(screen.getByText('超过 10,000 条')).toBeTruthy()
})

it('loads with a skeleton and without a count', async () => {
  await list({ status: 'loading', items: [], total: undefined }).shown
  expect(screen.getByRole('status', { name: '正在加载…' })).toBeTruthy()
  expect(screen.queryByText(/共/)).toBeNull()
})

it('tells no data from no match', async () => {
  await list({ items: [] }).shown
  expect(screen.getByRole('heading', { name: '还没有客户' })).toBeTruthy()
})

it('clears what narrows the list', async () => {
  const { on, shown } = list({ items: [] }, { q: 'x', sort: 'name' }, true)
  await shown
  expect(screen.getByRole('heading', { name: '没有符合条件的客户' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '清除搜索和筛选' }))
  expect(on.onSearch).toHaveBeenCalledWith({ sort: 'name' })
})

it('shows an error with the request to name, and tries again', async () => {
  const error = new ApiError({ status: 500, kind: 'Internal', code: 'internal', request_id: 'req-1' })
  const { on, shown } = list({ status: 'error', items: [], error })
  await shown
  expect(screen.getByText('请求编号 req-1')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(on.onRetry).toHaveBeenCalled()
})

it('shows a denial as one, without a way to insist', async () => {
  const error = new ApiError({ status: 403, kind: 'Denied', code: 'right' })
  await list({ status: 'error', items: [], error }).shown
  expect(screen.getByRole('heading', { name: '没有权限' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: '重试' })).toBeNull()
})

it('keeps the rows while it reads them again', async () => {
  await list({ refreshing: true }).shown
  expect(screen.getByText('正在刷新…')).toBeTruthy()
  expect(screen.getByRole('link', { name: '深蓝海洋装备' })).toBeTruthy()
})

it('opens the filter where it is wrong', async () => {
  await list({ items: [], filterError: '第 1 行第 5 列：语法错误' }, { cel: 'r.x !! 1' }, true).shown
  const text = await screen.findByLabelText('CEL 表达式')
  expect(text.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByRole('alert').textContent).toContain('第 1 行第 5 列')
})

it('offers more again after a page failed', async () => {
  const { on, shown } = list({ more: 'failed' })
  await shown
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(on.onMore).toHaveBeenCalled()
})

it('sorts by its heads, and says how it is sorted', async () => {
  const { on, shown } = list({}, { sort: '-name' })
  await shown
  expect(screen.getByRole('columnheader', { name: '客户名称' }).getAttribute('aria-sort')).toBe('descending')
  await userEvent.click(screen.getByRole('button', { name: '年营业额' }))
  expect(on.onSort).toHaveBeenCalledWith('revenue')
})

it('chooses columns', async () => {
  const { on, shown } = list({})
  await shown
  await userEvent.click(screen.getByRole('button', { name: '列' }))
  await userEvent.click(await screen.findByRole('checkbox', { name: '员工人数' }))
  expect(on.onSearch).toHaveBeenCalledWith({ cols: 'name,stage,phone,revenue,employees' })
})

it('is a list of cards on a phone', async () => {
  screenWidth.now = 390
  await list({}).shown
  expect(screen.queryAllByRole('columnheader')).toHaveLength(0)
  expect(screen.getByText('年营业额')).toBeTruthy()
  expect(screen.getByRole('combobox', { name: '排序' })).toBeTruthy()
})

it('speaks English', async () => {
  await setLanguage('en')
  await list({}).shown
  expect(screen.getByRole('heading', { name: 'Customers' })).toBeTruthy()
  expect(screen.getByRole('button', { name: /Phone is masked, shown as 138\*\*\*\*5678/ })).toBeTruthy()
})
