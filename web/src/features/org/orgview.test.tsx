import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { units } from '@/testing/fixtures'
import { show } from '@/testing/render'
import { OrgView } from './orgview'
import type { OrgSearch } from './search'

const org = async (search: OrgSearch, people = true) => {
  const onSearch = vi.fn()
  await show(<OrgView units={units} search={search} people={people} onSearch={onSearch} />)
  return onSearch
}

it('is a tree with levels, heads and numbers of people', async () => {
  await org({})
  const region = screen.getByRole('treeitem', { name: /华南大区/ })
  expect(region.getAttribute('aria-level')).toBe('2')
  expect(region.getAttribute('aria-expanded')).toBe('true')
  expect(region.textContent).toContain('9 人')
  expect(screen.getByRole('treeitem', { name: /关雎生活/ }).textContent).toContain('陈雨桐')
})

it('walks by keyboard', async () => {
  const onSearch = await org({})
  screen.getByRole('tree').focus()
  await userEvent.keyboard('{ArrowDown}{ArrowLeft}')
  expect(screen.getByRole('treeitem', { name: /华南大区/ }).getAttribute('aria-expanded')).toBe('false')
  expect(screen.queryByRole('treeitem', { name: /南山店/ })).toBeNull()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}')
  expect(onSearch).toHaveBeenLastCalledWith({ unit: '3' })
})

it('shows a unit and the way to its people', async () => {
  await org({ unit: '2' })
  const detail = screen.getByRole('article')
  expect(within(detail).getByText('未设负责人')).toBeTruthy()
  expect(within(detail).getByText(/含下级共 9 人/)).toBeTruthy()
  const link = within(detail).getByRole('link', { name: '查看员工' })
  expect(decodeURIComponent(link.getAttribute('href') ?? '')).toContain('["unit","eq","2"]')
})

it('offers no people to who may not read any', async () => {
  await org({ unit: '2' }, false)
  expect(screen.queryByRole('link', { name: '查看员工' })).toBeNull()
})

it('says when nothing matches', async () => {
  await org({ q: '不存在' })
  expect(screen.getByText('没有匹配的部门')).toBeTruthy()
})
