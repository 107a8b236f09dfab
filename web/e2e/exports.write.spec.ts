import { expect, expectAccessible, find, test } from './stage'

test('a list is exported with what is masked told before, and fetched', async ({ as }) => {
  const page = await as('linda3')
  // Other stories make customers of hers in the meantime, none of this name.
  const filter = `r.type == 'company' && r.name.contains('Bike')`
  await page.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  const form = page.getByRole('form', { name: '新建导出' })
  const { total } = await find(page, 'customer', { filter, count: 'capped', limit: '1' })
  await expect(form).toContainText(`共 ${total?.count} 条记录`)
  await expect(form).toContainText('打码导出（部分或全部记录）：身份证号')
  await expectAccessible(page)
  await form.getByLabel('格式').selectOption('csv')
  await form.getByText(/^选择字段/).click()
  await form.getByLabel('电话', { exact: true }).uncheck()
  const ordered = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/exports'))
  await expect(form.getByRole('button', { name: '开始导出' })).toBeDisabled()
  await form.getByLabel('用途').fill('季度对账')
  await form.getByRole('button', { name: '开始导出' }).click()
  const { id } = (await (await ordered).json()) as { id: string }
  const link = page.locator(`a[href*="${id}"]`, { hasText: '下载' })
  await expect(link).toBeVisible()
  const file = await page.request.get((await link.getAttribute('href')) ?? '')
  const lines = (await file.text()).trim().split('\n')
  expect(total?.count).toBeGreaterThan(1)
  expect(lines.length - 1).toBe(total?.count)
  expect(lines[0]).toContain('客户名称')
  expect(lines[0]?.split(',')).not.toContain('电话')
  await expect(page.getByText(/前有效/).first()).toBeVisible()
  await expectAccessible(page)
})

test('whoever may audit sees who exported, and no file', async ({ as }) => {
  const seller = await as('linda3')
  // Another story has a customer of hers that no file takes without approval.
  const ordered = await seller.request.post('/api/v1/exports', { data: { kind: 'customer', purpose: '年度对账', filter: `r.type == 'company' && r.name.contains('Bike')`, format: 'csv' } })
  expect(ordered.status()).toBe(202)
  const page = await as('zainal0')
  await page.goto('/data/exports')
  await page.getByRole('button', { name: '所有人' }).click()
  await expect(page.getByText('只显示谁在什么时候导入导出了什么，不含文件和内容。')).toBeVisible()
  await expect(page.locator('.history li').filter({ hasText: '年度对账' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: '下载' })).toHaveCount(0)
})

test('an export centre without exports says what it is for', async ({ as }) => {
  const page = await as('jae0', { theme: 'dark', lang: 'en' })
  await page.goto('/data/exports')
  await expect(page.getByText('No exports yet')).toBeVisible()
  await expectAccessible(page)
})
