import { expect, expectAccessible, test } from './stage'

test('an auditor sees how the log is sealed, verifies it, and takes it away', async ({ as }) => {
  const page = await as('zainal0')
  await page.goto('/audit')
  const panel = page.getByRole('region', { name: '封存' })
  // The first start seals what the import of the demo wrote.
  await expect(panel.getByText('已封存到最新')).toBeVisible({ timeout: 60_000 })
  await expect(panel.getByText(/^[0-9a-f]{8}$/).first()).toBeVisible()
  const asked = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/audit/checks'))
  await panel.getByRole('button', { name: '立即核验' }).click()
  expect((await asked).status()).toBe(202)
  await expect(panel.getByText(/条全部相符/)).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)
  const link = panel.getByRole('link', { name: '下载存档' })
  const file = page.waitForEvent('download')
  await link.click()
  expect((await file).suggestedFilename()).toMatch(/^audit-.*\.jsonl$/)
})

test('who may not audit has no such page', async ({ as }) => {
  const page = await as('linda3', { lang: 'en' })
  await page.goto('/audit')
  await expect(page.getByText('Verify now')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0)
  const answer = await page.request.get('/api/v1/audit/archive')
  expect(answer.status()).toBe(403)
})
