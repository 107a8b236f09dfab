import { again, expect, expectAccessible, test } from './stage'

test('an auditor asks for a report of this month, reads it and takes it as a file; a seller has none', async ({ as }) => {
  const page = await as('zainal0')
  await page.goto('/reports')
  await page.getByRole('button', { name: '生成月报' }).click()
  const first = page.getByRole('listitem').filter({ hasText: '阶段性' }).first()
  await expect(first).toBeVisible({ timeout: 120_000 })
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

const month = (back: number) => {
  const now = new Date(Date.now() + 8 * 3_600_000) // of China
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7)
}

test('the boss reads of an export in English on a phone, and a head of their own people alone', async ({ as }) => {
  const phone = { width: 390, height: 844 }
  const boss = await as('ken0', { viewport: phone, lang: 'en', theme: 'dark' })
  const purpose = `report drill ${Date.now().toString(36)}`
  const ordered = await boss.request.post('/api/v1/exports', { data: { kind: 'product', purpose, format: 'csv' } })
  expect(ordered.status(), await ordered.text()).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  await expect.poll(async () => ((await (await boss.request.get(`/api/v1/exports/${id}`)).json()) as { status: string }).status).toBe('done')

  const reports = async () => ((await (await boss.request.get('/api/v1/reports')).json()) as { items: { id: string }[] }).items
  const before = (await reports()).length
  await boss.goto('/reports')
  await boss.getByRole('button', { name: 'Make a report' }).click()
  await expect.poll(async () => (await reports()).length, { timeout: 120_000 }).toBeGreaterThan(before)
  const first = boss.getByRole('listitem').filter({ hasText: 'Preliminary' }).first()
  await expect(first).toContainText(month(0))
  await first.getByRole('button').click()
  const exported = boss.getByRole('region', { name: 'Exports', exact: true }).getByRole('row').filter({ hasText: purpose })
  await expect(exported).toContainText('Ken')
  for (const part of ['Who looked at how much', 'Break-glass', 'Temporary grants', 'Unusual patterns', 'Rules changed']) await expect(boss.getByRole('heading', { name: part })).toBeVisible()
  expect(await boss.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(boss)
  const file = boss.waitForEvent('download')
  await boss.getByRole('link', { name: 'PDF in English' }).click()
  expect((await file).suggestedFilename()).toMatch(/^guan-report-\d{4}-\d{2}-en\.pdf$/)

  // A month that is over is made for each of its readers.
  const auditor = await as('zainal0')
  await auditor.goto('/reports')
  await auditor.getByLabel('月份').fill(month(1))
  await auditor.getByRole('button', { name: '生成月报' }).click()
  const head = await as('stephen0')
  await again(async (timeout) => {
    await head.goto('/reports')
    await expect(head.getByRole('listitem').filter({ hasText: month(1) })).toBeVisible({ timeout })
  })
  const theirs = head.getByRole('listitem').filter({ hasText: month(1) })
  await expect(theirs).toContainText('本部门')
  await theirs.getByRole('button').click()
  await expect(head.getByText('范围')).toBeVisible()
  await expect(head.getByText('全公司')).toHaveCount(0)
  await expect(head.getByText('Ken Sánchez')).toHaveCount(0)
  await expectAccessible(head)
})
