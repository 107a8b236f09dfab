import { expect, expectAccessible, find, test } from './stage'

// A record as a document: what it would hold is said before, it is ordered, waited for and fetched, and nothing that is masked stands in it.

test('a record is ordered as a PDF with its lists and comments, and fetched', async ({ as }) => {
  const page = await as('linda3')
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: '澜沧江纸业', phone: '13900246802' } } })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  for (const name of ['段采购', '白经理']) {
    expect((await page.request.post('/api/v1/records/contact', { data: { fields: { name, customer: id } } })).status()).toBe(201)
  }
  expect((await page.request.post(`/api/v1/records/customer/${id}/comments`, { data: { text: '要纸样' } })).status()).toBe(201)
  await page.goto(`/records/customer/${id}`)
  await page.getByRole('button', { name: '导出 PDF' }).click()
  const dialog = page.getByRole('dialog', { name: '导出“澜沧江纸业”为 PDF' })
  await expect(dialog.getByRole('checkbox', { name: '联系人（2 条）' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: '评论' })).toBeChecked()
  await expect(dialog.getByText(/打码，或按规则可能打码：.*身份证号/)).toBeVisible()
  await expectAccessible(page)
  const go = dialog.getByRole('button', { name: '生成 PDF' })
  await expect(go).toBeDisabled()
  await dialog.getByLabel('用途').fill('拜访准备')
  await dialog.getByRole('checkbox', { name: '评论' }).uncheck()
  const ordered = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/exports'))
  await go.click()
  expect((await ordered).postDataJSON()).toMatchObject({ record: id, related: ['contacts'], comments: false, format: 'pdf', purpose: '拜访准备' })
  await expect(dialog.getByText('已生成，共 3 条记录。')).toBeVisible()
  const link = dialog.getByRole('link', { name: '下载 PDF' })
  const file = await page.request.get((await link.getAttribute('href')) ?? '')
  expect(file.headers()['content-disposition']).toContain('.pdf')
  expect((await file.body()).subarray(0, 7).toString()).toBe('%PDF-1.')

  // Who audits reads in it whose copy it is, and that nothing of it but what it holds was recognised.
  const auditor = await as('zainal0')
  const traced = await auditor.request.post('/api/v1/traces', { multipart: { file: { name: '打印.pdf', mimeType: 'application/pdf', buffer: await file.body() } } })
  expect(await traced.json()).toMatchObject({ stated: [{ login: 'linda3', rows: 3, format: 'pdf', purpose: '拜访准备' }] })
  await page.goto('/data/exports')
  await expect(page.getByText('导出一条客户（PDF）').first()).toBeVisible()
})

test('the dialog stands on a phone, in English and dark', async ({ as }) => {
  const page = await as('linda3', { lang: 'en', theme: 'dark', viewport: { width: 390, height: 844 } })
  const [customer] = (await find(page, 'customer', { limit: '1', filter: `r.name.contains('Bike')` })).items
  await page.goto(`/records/customer/${customer?.id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('button', { name: 'Export as PDF' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/^Masked, or masked where the rules say so: /)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
})
