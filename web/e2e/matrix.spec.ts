import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, test, themes } from './stage'

// The matrix: what positions, units and people may do, where each cell comes from, and that it
// stays smooth. The auditor reads it; a seller does not get it.

const grid = (page: Page) => page.getByRole('grid', { name: '权限矩阵' })

async function open(page: Page, search = '') {
  await page.goto(`/policy/matrix${search}`)
  await expect(grid(page).getByRole('gridcell').first()).toBeVisible()
}

/** The cell under a column, of the row of a name. */
async function cell(page: Page, row: string, column: number) {
  const line = grid(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name: row }) })
  return line.locator(`[aria-colindex="${column + 2}"]`)
}

test('a cell says where its value comes from', async ({ as }) => {
  const page = await as('stephanie0')
  await open(page)
  const all = await cell(page, '首席执行官', 0)
  await expect(all).toHaveText('● 全部')
  await all.click()
  const panel = page.getByRole('dialog', { name: '这一格从哪里来' })
  await expect(panel).toContainText('企业管理者')
  await expect(panel).toContainText('因为：首席执行官')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  const sellers = await cell(page, '销售代表', 0)
  await expect(sellers).toHaveAttribute('aria-label', /自己负责的/)
  // The legend explains every sign that is used.
  await page.getByRole('button', { name: '图例' }).click()
  await expect(page.getByText('另外还有几种途径')).toBeVisible()
})

test('the arrow keys walk, Enter opens', async ({ as }) => {
  const page = await as('stephanie0')
  await open(page)
  await grid(page).focus()
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', 'mx-1-2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: '这一格从哪里来' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(grid(page)).toBeFocused()
  await page.keyboard.press('Control+End')
  await expect(grid(page)).not.toHaveAttribute('aria-activedescendant', 'mx-1-2')
})

test('two rows side by side show only their differences', async ({ as }) => {
  const page = await as('stephanie0')
  await open(page)
  await grid(page).getByRole('rowheader', { name: '销售代表' }).click()
  await page.getByRole('button', { name: '与另一行对比' }).click()
  await page.getByLabel('第二行').selectOption({ label: '首席执行官' })
  await expect(page.getByRole('status').filter({ hasText: '列不同' })).toBeVisible()
  await expect(grid(page).getByRole('rowheader')).toHaveCount(2)
  const before = Number(await grid(page).getAttribute('aria-colcount'))
  await page.getByLabel('只看不同').check()
  await expect.poll(async () => Number(await grid(page).getAttribute('aria-colcount'))).toBeLessThan(before)
  await page.getByRole('button', { name: '结束对比' }).click()
  await expect.poll(() => grid(page).getByRole('rowheader').count()).toBeGreaterThan(10)
})

test('people can stand in the rows, and fields in the columns', async ({ as }) => {
  const page = await as('stephanie0')
  await page.goto('/policy/matrix?on=person&part=fields')
  await expect(page.getByText('请选择要查看的员工')).toBeVisible()
  await page.getByRole('button', { name: '选择行' }).click()
  await page.getByLabel('搜索员工').fill('linda')
  await page.getByRole('button', { name: /Linda Mitchell/ }).click()
  await expect(grid(page).getByRole('rowheader', { name: /Linda Mitchell/ })).toBeVisible()
  await expect(await cell(page, 'Linda Mitchell', 0)).toContainText('明文')
  await page.keyboard.press('Escape')
  await page.getByLabel('查找行或列').fill('电话')
  await expect.poll(async () => Number(await grid(page).getAttribute('aria-colcount'))).toBeLessThan(20)
})

test('the auditor reads and changes nothing; a seller is refused', async ({ as }) => {
  const auditor = await as('zainal0')
  await open(auditor)
  await grid(auditor).getByRole('rowheader', { name: '销售代表' }).click()
  await expect(auditor.getByRole('button', { name: '与另一行对比' })).toBeVisible()
  await expect(auditor.getByRole('button', { name: '复制权限到…' })).toBeHidden()
  await auditor.goto('/policy/packs?pack=sales')
  await expect(auditor.getByRole('heading', { name: '它给什么' })).toBeVisible()
  await expect(auditor.getByRole('button', { name: '新建权限包' })).toBeHidden()
  await expect(auditor.getByRole('button', { name: '取下' })).toBeHidden()

  const seller = await as('linda3')
  await seller.goto('/policy/matrix')
  await expect(seller.getByText('没有权限', { exact: true })).toBeVisible()
  await seller.getByRole('button', { name: '申请权限' }).click()
  await expect(seller.getByRole('dialog', { name: '申请权限' }).getByLabel('用途（必填）')).toBeVisible()
})

test('a masked field says why in one sentence and where to turn', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const { items } = await find(page, 'customer', { limit: '20' })
  const partly = items.find((item) => Object.keys(item.masked).length > 0)
  await page.goto(`/records/customer/${partly?.id}`)
  const mark = page.locator('.masked').first()
  await mark.click()
  const why = page.locator('.popover .why')
  await expect(why.locator('.why-one')).toBeVisible()
  await why.getByRole('button', { name: '申请权限' }).click()
  const dialog = page.getByRole('dialog', { name: '申请权限' })
  await dialog.getByLabel('用途（必填）').fill('年度对账')
  await expect(dialog).toContainText('您将申请查看客户')
  await expect(dialog.getByRole('button', { name: '提交申请' })).toBeEnabled()
})

test('no finding of axe, on both screens, in both themes, on a phone too', async ({ as }) => {
  for (const theme of themes) {
    const page = await as('stephanie0', { theme })
    await open(page)
    await expectAccessible(page)
    await page.goto('/policy/packs?pack=sales&side=blocks')
    await expect(page.getByRole('heading', { name: '它给什么' })).toBeVisible()
    await expectAccessible(page)
  }
  const phone = await as('stephanie0', { viewport: { width: 390, height: 844 } })
  await phone.goto('/policy/matrix')
  await phone.getByRole('button', { name: '销售代表', exact: true }).click()
  await expect(phone.getByRole('button', { name: /查看 .*/ }).first()).toBeVisible()
  await expectAccessible(phone)
})
