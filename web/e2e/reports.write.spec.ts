import { expect, expectAccessible, test } from './stage'

test('an auditor asks for a report of this month, reads it and takes it as a file; a seller has none', async ({ as }) => {
  const page = await as('zainal0')
  await page.goto('/reports')
  await page.getByRole('button', { name: '生成月报' }).click()
  const first = page.getByRole('listitem').filter({ hasText: '阶段性' }).first()
  await expect(first).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)
  await first.getByRole('button').click()
  await expect(page.getByRole('heading', { name: '谁看了多少' })).toBeVisible()
  await expectAccessible(page)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载中文 PDF' }).click()
  expect((await file).suggestedFilename()).toMatch(/^guan-report-\d{4}-\d{2}-zh\.pdf$/)
  const seller = await as('linda3')
  expect((await seller.request.get(new URL(page.url()).pathname.replace('/reports', '/api/v1/reports'))).status()).toBe(404)
})
