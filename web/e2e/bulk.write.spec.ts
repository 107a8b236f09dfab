import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, openList, test } from './stage'

const unique = () => `批量 ${Date.now()}`

async function make(page: Page, prefix: string, n: number) {
  for (let i = 0; i < n; i++) {
    const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `${prefix} ${i}`, city: '广州' } } })
    expect(made.status()).toBe(201)
  }
}

test('many are tagged at once after a look, and put back', async ({ as }) => {
  const page = await as('linda3')
  const prefix = unique()
  await make(page, prefix, 4)
  await openList(page, 'customer', { q: prefix })
  const boxes = page.getByRole('checkbox', { name: /^选择“/ })
  await expect(boxes).toHaveCount(4)
  await boxes.nth(0).check()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await expect(page.getByText('已选择 3 条')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: '标签' }).click()
  const dialog = page.getByRole('dialog', { name: /批量设置 3 条客户的标签/ })
  await dialog.getByLabel('添加标签').fill('重点')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await expect(dialog.getByText('将更改 3 条')).toBeVisible()
  await expect(dialog.getByText('跳过 0 条')).toBeVisible()
  await dialog.getByRole('button', { name: '更改 3 条' }).click()
  await expect(page.getByText('已更改 3 条')).toBeVisible()
  await expect.poll(async () => (await find(page, 'customer', { q: prefix, filter: "'重点' in r.tags" })).items.length).toBe(3)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销')).toBeVisible()
  expect((await find(page, 'customer', { q: prefix, filter: "'重点' in r.tags" })).items).toHaveLength(0)
})

test('what may not be changed is skipped and told; nothing is done by looking', async ({ as }) => {
  const page = await as('linda3')
  const prefix = unique()
  await make(page, prefix, 2)
  await openList(page, 'customer', { q: prefix })
  await page.getByRole('checkbox', { name: '选择当前全部' }).check()
  await page.getByRole('button', { name: '转交' }).click()
  const dialog = page.getByRole('dialog', { name: /批量转交 2 条客户/ })
  await dialog.getByRole('combobox').fill('Linda')
  await page.locator('.ant-select-item-option').first().click()
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await expect(dialog.getByText('跳过 2 条')).toBeVisible()
  await expect(dialog.getByText(/您不能修改其中的“负责人”/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: '更改 0 条' })).toBeDisabled()
  await expectAccessible(page)
})

test('deleting asks twice', async ({ as }) => {
  const page = await as('ken0')
  const prefix = unique()
  await make(page, prefix, 2)
  await openList(page, 'customer', { q: prefix })
  await page.getByRole('checkbox', { name: '选择当前全部' }).check()
  await page.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '删除' }).click()
  const dialog = page.getByRole('dialog', { name: /批量删除 2 条客户/ })
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await expect(dialog.getByText('将删除 2 条')).toBeVisible()
  const go = dialog.getByRole('button', { name: '删除 2 条' })
  await expect(go).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /无法恢复/ }).check()
  await go.click()
  await expect(page.getByText('已更改 2 条')).toBeVisible()
  await expect.poll(async () => (await find(page, 'customer', { q: prefix })).items.length).toBe(0)
})

test('all that match are exported, and changed in the background with a way back', async ({ as }) => {
  const page = await as('ken0')
  const tag = `大单 ${Date.now()}`
  await openList(page, 'contract', { cel: 'r.total > 20000' })
  await page.getByRole('checkbox', { name: '选择当前全部' }).check()
  await page.getByRole('button', { name: /选择全部符合条件的/ }).click()
  const bar = page.getByRole('region', { name: '批量操作' })
  await bar.getByRole('button', { name: '导出' }).click()
  const exporting = page.getByRole('dialog', { name: '导出合同' })
  await exporting.getByLabel('用途').fill('合同复核')
  await exporting.getByRole('button', { name: '开始导出' }).click()
  await expect(exporting.getByRole('link', { name: '下载文件' })).toBeVisible()
  await exporting.getByRole('button', { name: '关闭' }).click()

  await bar.getByRole('button', { name: '标签' }).click()
  const dialog = page.getByRole('dialog', { name: /批量设置/ })
  await dialog.getByLabel('添加标签').fill(tag)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await dialog.getByRole('button', { name: /^更改 [\d,]+ 条$/ }).click()
  await expect(dialog.getByText(/^已更改 1,\d+ 条$/)).toBeVisible({ timeout: 120_000 })
  const tagged = async () => (await find(page, 'contract', { filter: `'${tag}' in r.tags`, limit: '1', count: 'capped' })).total?.count
  expect(await tagged()).toBeGreaterThan(500)
  await dialog.getByRole('button', { name: '撤销' }).click()
  await expect.poll(tagged, { timeout: 120_000 }).toBe(0)
})
