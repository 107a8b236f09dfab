import { expect, expectAccessible, test } from './stage'

test('an auditor sees how the log is sealed, verifies it, and takes it away', async ({ as }) => {
  const page = await as('zainal0')
  await page.goto('/audit')
  const panel = page.getByRole('region', { name: '封存' })
  // The first start seals what the import of the demo wrote.
  await expect(panel.getByText('已封存到最新')).toBeVisible({ timeout: 120_000 })
  await expect(panel.getByText(/^[0-9a-f]{8}$/).first()).toBeVisible()
  const asked = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/audit/checks'))
  await panel.getByRole('button', { name: '立即核验' }).click()
  expect((await asked).status()).toBe(202)
  await expect(panel.getByText(/条全部相符/)).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)
  const link = panel.getByRole('link', { name: '下载存档' })
  const file = page.waitForEvent('download')
  await link.click()
  expect((await file).suggestedFilename()).toMatch(/^audit-.*\.jsonl$/)
})

test('an auditor asks who saw a customer, and goes on to all that somebody did', async ({ as }) => {
  const seller = await as('linda3')
  const mine = (await (await seller.request.get('/api/v1/records/customer?limit=1')).json()) as { items: { id: string }[] }
  const id = mine.items[0]?.id ?? ''
  expect((await seller.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(200)
  const page = await as('zainal0')
  await page.goto(`/records/customer/${id}`)
  await page.getByRole('button', { name: '谁能看到' }).click()
  await page.getByRole('dialog').getByRole('link', { name: '谁看过、改过它' }).click()
  const table = page.getByRole('region', { name: '日志条目' })
  const opened = table.getByRole('row').filter({ hasText: 'Linda' }).filter({ hasText: '查看' })
  await expect(opened.first()).toContainText(/策略第 \d+ 版/)
  await expectAccessible(page)
  await opened.first().getByRole('button', { name: /Linda/ }).click()
  await page.getByRole('button', { name: /^去掉条件：/ }).click()
  await expect(page).toHaveURL(/person=/)
  await expect(page).not.toHaveURL(/record=/)
  await page.getByLabel('操作').selectOption('sign_in')
  await expect(table.getByRole('row').filter({ hasText: '登录' }).first()).toBeVisible()
  await page.getByLabel('操作').selectOption('exports')
  await expect(table.getByRole('row').filter({ hasText: '登录' })).toHaveCount(0)
})

test('who may not audit has no such page', async ({ as }) => {
  const page = await as('linda3', { lang: 'en' })
  await page.goto('/audit')
  await expect(page.getByText('Verify now')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0)
  const answer = await page.request.get('/api/v1/audit/archive')
  expect(answer.status()).toBe(403)
})
