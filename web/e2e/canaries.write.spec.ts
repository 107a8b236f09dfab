import { expect, expectAccessible, test } from './stage'

test('an export as PDF is stamped, and handed in leads to who made it', async ({ as }) => {
  const seller = await as('linda3')
  const filter = `r.type == 'company' && r.name.contains('Bike')`
  await seller.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  const form = seller.getByRole('form', { name: '新建导出' })
  await form.getByLabel('格式').selectOption('pdf')
  await form.getByLabel('用途').fill('打印给门店')
  await form.getByRole('button', { name: '开始导出' }).click()
  await expect(seller.getByRole('alert')).toContainText('一页最多放得下 12 列')
  await expectAccessible(seller)

  const ordered = await seller.request.post('/api/v1/exports', { data: { kind: 'customer', purpose: '打印给门店', filter, format: 'pdf', fields: ['name', 'phone', 'city', 'annual_sales', 'annual_revenue', 'updated_at'] } })
  const { id } = (await ordered.json()) as { id: string }
  await expect.poll(async () => ((await (await seller.request.get(`/api/v1/exports/${id}`)).json()) as { status: string }).status).toBe('done')
  const file = await (await seller.request.get(`/api/v1/exports/${id}/file`)).body()
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')

  const page = await as('zainal0')
  await page.goto('/audit/trace')
  await page.getByLabel('选择文件').setInputFiles({ name: '打印.pdf', mimeType: 'application/pdf', buffer: file })
  const found = page.getByRole('region', { name: '溯源结果' }).getByRole('article').filter({ hasText: '打印给门店' })
  await expect(found).toContainText('linda3')
  await expect(found).toContainText('PDF')
})

test('invented rows are switched on, given out, listed, and name the export in which one is found', async ({ as }) => {
  // Of contacts: other stories count the rows of customers.
  const admin = await as('ken0')
  await admin.goto('/audit/trace')
  const contacts = admin.getByLabel('联系人的导出中混入')
  await expect(admin.getByText('文件里的行数和合计会因此多出这些行')).toBeVisible()
  await contacts.click()
  await expect(contacts).toBeChecked()
  await expect(admin.getByLabel('电话号段')).toBeVisible()
  await expectAccessible(admin)

  const ordered = await admin.request.post('/api/v1/exports', { data: { kind: 'contact', purpose: '虚构行演练', format: 'csv', fields: ['name', 'phone'], sort: '-created_at' } })
  const { id } = (await ordered.json()) as { id: string }
  await expect.poll(async () => ((await (await admin.request.get(`/api/v1/exports/${id}`)).json()) as { status: string }).status).toBe('done')
  await contacts.click()
  await expect(contacts).not.toBeChecked()
  await expect(admin.getByLabel('电话号段')).toHaveCount(0)
  const lines = (await (await admin.request.get(`/api/v1/exports/${id}/file`)).text()).split('\r\n')
  const invented = lines.find((line) => /,154[ -]?\d{4}[ -]?\d{4}/.test(line)) ?? ''
  expect(invented).not.toBe('')

  const page = await as('zainal0')
  await page.goto('/audit/trace')
  const text = page.getByRole('form', { name: '文字片段' })
  await text.getByRole('textbox').fill(`有人打来：${invented}`)
  await text.getByRole('button', { name: '开始溯源' }).click()
  const found = page.getByRole('region', { name: '溯源结果' }).getByRole('article')
  await expect(found).toContainText('虚构行演练')
  await expect(found).toContainText('是只为这次导出虚构的')
  await page.getByText('已发出的虚构行').click()
  await expect(page.getByRole('region', { name: '已发出的虚构行' })).toContainText(invented.split(',')[0] ?? '')
  await expectAccessible(page)
})
