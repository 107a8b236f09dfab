import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'
import { inNewDraft } from './studio'

// Packs put together like blocks and hung on people, all of it in a draft: nothing of it is in
// force, and each thing that is dragged can be done by a menu as well.

const card = (page: Page, name: string) => page.locator('.pack-card', { hasText: name })
const detail = (page: Page) => page.locator('.packs-detail')
const side = (page: Page) => page.locator('.packs-side')

/** Drags with the mouse, in steps as a hand does. */
async function drag(page: Page, from: ReturnType<Page['locator']>, to: ReturnType<Page['locator']>) {
  await from.scrollIntoViewIfNeeded()
  await to.scrollIntoViewIfNeeded()
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (!a || !b) throw new Error('nothing to drag')
  await page.mouse.move(a.x + 24, a.y + 10)
  await page.mouse.down()
  await page.mouse.move(a.x + 44, a.y + 16, { steps: 4 })
  await page.mouse.move(b.x + b.width / 2, b.y + 14, { steps: 12 })
  await page.mouse.up()
}

test('a pack is put together of pieces, hung on a position, and shows in the matrix of the draft', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.goto('/policy/packs')
  await page.getByRole('button', { name: '新建权限包' }).first().click()
  await page.getByLabel('中文名称').fill('展会助手')
  await page.getByLabel('用途说明').fill('展会期间看客户基本信息')
  await page.getByRole('button', { name: '创建' }).click()
  await expect(detail(page).getByRole('heading', { name: '展会助手' })).toBeVisible()
  await expect(card(page, '展会助手')).toContainText('新增')

  // One piece by its button, one by dragging it.
  await side(page).getByLabel('业务表').selectOption({ label: '客户' })
  const pieces = side(page).locator('.block')
  await pieces.nth(0).getByRole('button', { name: /添加到“展会助手”/ }).click()
  await expect(detail(page).locator('.pack-line')).toHaveCount(1)
  await drag(page, pieces.nth(1).locator('.block-name'), card(page, '展会助手'))
  await expect(detail(page).locator('.pack-line')).toHaveCount(2)
  await expectAccessible(page)

  // Hung on a position by dragging, on a unit by the menu.
  await page.getByRole('button', { name: '分配', exact: true }).click()
  const accountant = side(page).locator('.target', { hasText: '会计' }).first()
  await drag(page, card(page, '展会助手').locator('.pack-name'), accountant)
  await expect(detail(page).locator('.chip')).toHaveCount(1)
  await detail(page).getByRole('button', { name: '分配给…' }).click()
  const dialog = page.getByRole('dialog', { name: '把“展会助手”分配给…' })
  await dialog.getByRole('button', { name: '部门' }).click()
  await dialog.getByRole('combobox', { name: '部门' }).selectOption({ index: 2 })
  await dialog.getByRole('button', { name: '分配', exact: true }).click()
  await expect(detail(page).locator('.chip')).toHaveCount(2)

  // In force nothing has changed; as drafted the accountant sees customers.
  await page.goto('/policy/matrix')
  const cells = page.getByRole('grid').getByRole('row').filter({ has: page.getByRole('rowheader', { name: '会计', exact: true }) }).getByRole('gridcell')
  await expect(cells.first()).toHaveText('–')
  await page.getByRole('button', { name: '按草稿' }).click()
  await expect(cells.first()).not.toHaveText('–')
  await expect(cells.first()).toHaveClass(/changed/)
})

test('a preset is copied, renamed and cut down; what is taken out comes back by undo', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.goto('/policy/packs?pack=finance')
  await detail(page).getByRole('button', { name: '复制为新权限包' }).click()
  await page.getByLabel('中文名称').fill('应收会计')
  await page.getByRole('button', { name: '创建' }).click()
  await expect(detail(page).getByRole('heading', { name: '应收会计' })).toBeVisible()
  const lines = detail(page).locator('.pack-line')
  await expect.poll(() => lines.count()).toBeGreaterThan(2)
  const count = await lines.count()
  await lines.first().getByRole('button', { name: /移除/ }).click()
  await expect(lines).toHaveCount(count - 1)
  await page.getByRole('button', { name: '撤销' }).last().click()
  await expect(lines).toHaveCount(count)
  await detail(page).getByRole('button', { name: '编辑名称与说明' }).click()
  await page.getByLabel('中文名称').fill('应收专员')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(detail(page).getByRole('heading', { name: '应收专员' })).toBeVisible()
  await detail(page).getByRole('button', { name: '删除', exact: true }).click()
  await page.getByRole('button', { name: '删除权限包' }).click()
  await expect(card(page, '应收专员')).toHaveCount(0)
})

test('what one position carries is copied to another, in the draft', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.goto('/policy/matrix')
  await page.getByRole('grid').getByRole('rowheader', { name: '销售代表' }).click()
  await page.getByRole('button', { name: '复制权限到…' }).click()
  const dialog = page.getByRole('dialog', { name: '复制权限' })
  await dialog.getByRole('combobox', { name: '岗位' }).selectOption({ label: '采购员' })
  await dialog.getByRole('button', { name: '复制', exact: true }).click()
  await expect(dialog).toBeHidden()
  // The draft that was chosen stays it, though another was written in since.
  expect((await page.request.post('/api/v1/policy/drafts', { data: { name: '另一份草稿' } })).status()).toBe(201)
  await page.goto('/policy/packs?at=buyer')
  await expect(side(page).locator('.target', { hasText: '采购员' })).toContainText('销售')
})

test('an assignment has a window, and a person shows what comes to them and how', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.goto('/policy/packs?pack=service&on=person')
  await side(page).getByLabel('搜索员工').fill('linda')
  await side(page).getByRole('button', { name: /Linda Mitchell/ }).click()
  await expect(side(page).locator('.carried')).toContainText('继承自销售代表')
  await side(page).getByRole('button', { name: '分配权限包' }).click()
  const dialog = page.getByRole('dialog', { name: '分配权限包' })
  await dialog.getByLabel('权限包').selectOption({ label: '客服' })
  await dialog.getByLabel('到（可不填）').fill('2030-01-31T18:00')
  await dialog.getByRole('button', { name: '分配', exact: true }).click()
  await expect(side(page).locator('.carried')).toContainText('直接分配')
  await expect(side(page).locator('.carried')).toContainText('至 2030/01/31 18:00')
  await side(page).locator('.carried').getByRole('button', { name: '取下' }).click()
  await expect(side(page).locator('.carried')).not.toContainText('直接分配')
})
