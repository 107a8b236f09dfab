import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Change, Conflict, Draft } from '@/api/policytypes'
import { answer, show } from '@/testing/render'
import { Stale } from './conflicts'

const said = (zh: string) => ({ zh, en: zh })
const change = (id: string, after: string | undefined, more: Partial<Change> = {}): Change => ({
  op: after ? 'changed' : 'removed',
  part: 'rule',
  id,
  sentence: { before: said(`${id}原来的句子`), after: after ? said(after) : undefined },
  ...more,
})
const clash = (id: string, mine: string | undefined, theirs: string | undefined): Conflict => ({ part: 'rule', id, mine: change(id, mine), theirs: change(id, theirs) })

const draft = {
  id: '7',
  version: 3,
  name: '草稿',
  state: 'open',
  author: { id: '1', name: '钱管家' },
  base: 1,
  stale: true,
  created_at: '',
  updated_at: '',
  sensitive: false,
  alone: false,
  can: ['edit', 'rebase'],
  document: { packs: [], assignments: [], rules: [] },
  changes: [],
  warnings: [],
  problems: [],
} satisfies Draft

it('brings a draft up to date at once where nothing meets', async () => {
  const calls = answer(() => ({ body: { ...draft, stale: false } }))
  await show(<Stale draft={{ ...draft, upon: 'a' }} />)
  await userEvent.click(screen.getByRole('button', { name: '并入新版本' }))
  expect(calls[0]?.path).toBe('/api/v1/policy/drafts/7/rebase')
  expect(calls[0]?.body).toEqual({ take: [], upon: 'a' })
})

it('asks for each conflict by itself, with both versions in words', async () => {
  const calls = answer(() => ({ body: { ...draft, stale: false } }))
  const pack: Conflict = {
    part: 'pack',
    id: 'night',
    mine: change('night', '权限包“夜班”', { part: 'pack', rules: [change('night/a', '夜班看全部客户')] }),
    theirs: change('night', '权限包“夜班”', { part: 'pack', rules: [change('night/a', '夜班看本店客户')] }),
  }
  await show(<Stale draft={{ ...draft, upon: 'a', conflicts: [clash('r1', '销售看全部', '销售看本店'), clash('r2', undefined, '财务看合同'), pack] }} />)
  await userEvent.click(screen.getByRole('button', { name: '逐处选择…' }))
  const dialog = screen.getByRole('dialog', { name: '两边改了同一部分', hidden: true })
  const groups = within(dialog).getAllByRole('group', { hidden: true })
  expect(groups).toHaveLength(3)
  const go = within(dialog).getByRole('button', { name: '并入新版本', hidden: true })
  const choose = async (at: number, name: RegExp) => userEvent.click(within(groups[at] as HTMLElement).getByRole('radio', { name, hidden: true }))
  expect(within(groups[0] as HTMLElement).getByText(/r1原来的句子/)).toBeTruthy()
  // Nothing is chosen beforehand, and nothing is sent until everything is.
  expect(within(dialog).queryAllByRole('radio', { checked: true, hidden: true })).toEqual([])
  await choose(0, /已发布.*销售看本店/)
  await choose(1, /草稿.*删除/)
  expect(go).toHaveProperty('disabled', true)
  expect(within(dialog).getByText('还有 1 处没有选择')).toBeTruthy()
  await choose(2, /草稿.*夜班看全部客户/)
  expect(go).toHaveProperty('disabled', false)
  await userEvent.click(go)
  expect(calls[0]?.body).toEqual({
    take: [
      { part: 'rule', id: 'r1', take: 'theirs' },
      { part: 'rule', id: 'r2', take: 'mine' },
      { part: 'pack', id: 'night', take: 'mine' },
    ],
    upon: 'a',
  })
})

it('asks to look again when something was changed meanwhile', async () => {
  answer(() => ({ status: 412, body: { code: 'rebase_moved', kind: 'Stale', status: 412 } }))
  await show(<Stale draft={{ ...draft, upon: 'a', conflicts: [clash('r1', '甲', '乙'), clash('r2', '丙', '丁')] }} />)
  await userEvent.click(screen.getByRole('button', { name: '逐处选择…' }))
  await userEvent.click(screen.getByRole('button', { name: '全部以草稿为准', hidden: true }))
  await userEvent.click(screen.getByRole('button', { name: '并入新版本', hidden: true }))
  expect(await screen.findByText('刚刚又有新的改动，请重新核对。')).toBeTruthy()
})
