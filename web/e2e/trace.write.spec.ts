import { expect, expectAccessible, test } from './stage'

test('an auditor hands a part of a leaked file in and learns whose export it is', async ({ as }) => {
  const seller = await as('linda3')
  const ordered = await seller.request.post('/api/v1/exports', {
    data: { kind: 'customer', purpose: '溯源演练', filter: `r.type == 'company' && r.name.contains('Bike')`, format: 'csv' },
  })
  expect(ordered.status()).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  await expect.poll(async () => ((await (await seller.request.get(`/api/v1/exports/${id}`)).json()) as { status: string }).status).toBe('done')
  const lines = (await (await seller.request.get(`/api/v1/exports/${id}/file`)).text()).trim().split('\r\n')

  const page = await as('zainal0')
  await page.goto('/audit/trace')
  await expect(page.getByRole('region', { name: '水印溯源' })).toBeVisible()
  await expectAccessible(page)
  // Without headings and the other way round.
  const part = lines.slice(1).reverse().join('\n')
  await page.getByLabel('选择文件').setInputFiles({ name: '流出.csv', mimeType: 'text/csv', buffer: Buffer.from(part) })
  const found = page.getByRole('region', { name: '溯源结果' }).getByRole('article').filter({ hasText: '溯源演练' })
  await expect(found).toContainText('linda3')
  await expect(found).toContainText('确定')
  await found.getByText(/^证据/).click()
  await expect(found.getByRole('table')).toBeVisible()
  await expectAccessible(page)

  const code = (await found.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/).textContent()) ?? ''
  const typed = page.getByRole('form', { name: '照片或打印件上的导出编号' })
  await typed.getByRole('textbox').fill(code.toLowerCase().replaceAll('-', ' '))
  await typed.getByRole('button', { name: '查编号' }).click()
  await expect(page.getByRole('article')).toContainText('仅凭编号')
  await typed.getByRole('textbox').fill('ABCD-EFGH-JK')
  await typed.getByRole('button', { name: '查编号' }).click()
  await expect(page.getByRole('alert')).toContainText('有字符看错了')

  const text = page.getByRole('form', { name: '文字片段' })
  await text.getByRole('textbox').fill('无关的人 12345678901')
  await text.getByRole('button', { name: '开始溯源' }).click()
  await expect(page.getByText('不能指认任何人。')).toBeVisible()
})

test('a workbook is handed in on a phone, and names whose export it is', async ({ as }) => {
  const seller = await as('linda3')
  const purpose = `溯源工作簿 ${Date.now().toString(36)}`
  const ordered = await seller.request.post('/api/v1/exports', {
    data: { kind: 'customer', purpose, filter: `r.type == 'company' && r.name.contains('Bike')`, format: 'xlsx' },
  })
  expect(ordered.status()).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  await expect.poll(async () => ((await (await seller.request.get(`/api/v1/exports/${id}`)).json()) as { status: string }).status).toBe('done')
  const file = await (await seller.request.get(`/api/v1/exports/${id}/file`)).body()
  expect(file.subarray(0, 2).toString()).toBe('PK')

  const page = await as('zainal0', { viewport: { width: 390, height: 844 } })
  await page.goto('/audit/trace')
  const choose = async (name: string, buffer: Buffer) =>
    page.getByLabel('选择文件').setInputFiles({ name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer })
  await choose('流出.xlsx', file)
  const found = page.getByRole('region', { name: '溯源结果' }).getByRole('article').filter({ hasText: purpose })
  await expect(found).toContainText('linda3')
  await expect(found).toContainText('确定')
  await found.getByText(/^证据/).click()
  await expect(found.getByRole('table')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(page)

  // What is no workbook, whatever it is called, is refused with the reason, and the page goes on.
  await choose('坏的.xlsx', Buffer.from('PK\u0003\u0004 and nothing'))
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(found).toHaveCount(0)
  await choose('流出.xlsx', file)
  await expect(found).toContainText('linda3')
})

test('who may not audit has no page to trace on', async ({ as }) => {
  const page = await as('linda3', { lang: 'en' })
  await page.goto('/audit/trace')
  await expect(page.getByText('Hand in a table')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Trace', exact: true })).toHaveCount(0)
  const answer = await page.request.post('/api/v1/traces/export-code', { data: { code: '0000-0000-00' } })
  expect(answer.status()).toBe(403)
})
