import { expect, find, test } from './stage'

test('a customer is made, changed and read again', async ({ as }) => {
  const page = await as('linda3')
  const name = `浏览器测试 ${Date.now()}`
  await page.goto('/records/customer')
  await page.getByRole('link', { name: '新建客户' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('请填写客户名称。')).toBeVisible()
  await page.getByLabel(/客户名称/).fill(name)
  await page.getByLabel('电话', { exact: true }).fill('letters')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('电话号码格式不正确。')).toBeVisible()
  await page.getByLabel('电话', { exact: true }).fill('13800138000')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)

  await page.getByRole('link', { name: '编辑' }).click()
  await page.getByLabel('城市').fill('深圳')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存')).toBeVisible()
  await expect(page.getByText('深圳', { exact: true })).toBeVisible()
})

test('two people save at once: the later one merges field by field', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { limit: '1', sort: 'name' })).items
  await page.goto(`/records/customer/${store?.id}/edit`)
  await page.getByLabel('城市').fill('我的城市')
  await page.getByLabel('主营方向').fill('我的方向')
  const other = await page.request.patch(`/api/v1/records/customer/${store?.id}`, {
    headers: { 'If-Match': `"${store?.version}"` },
    data: { fields: { city: '别人的城市' } },
  })
  expect(other.status()).toBe(200)
  await page.getByRole('button', { name: '保存' }).click()
  const dialog = page.getByRole('dialog', { name: '这条记录刚刚被修改过' })
  await expect(dialog).toContainText('我的城市')
  await dialog.getByRole('radio', { name: /现在的值/ }).check()
  await dialog.getByRole('button', { name: '按选择保存' }).click()
  await expect(page.getByText('已保存')).toBeVisible()
  const saved = await page.request.get(`/api/v1/records/customer/${store?.id}`)
  expect(((await saved.json()) as { fields: object }).fields).toMatchObject({ city: '别人的城市', specialty: '我的方向' })
})

test('what was typed is not lost without a question', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { limit: '1', sort: '-name' })).items
  await page.goto(`/records/customer/${store?.id}/edit`)
  await page.getByLabel('城市').fill('x')
  let asked = 0
  page.on('dialog', (dialog) => {
    asked++
    void dialog.dismiss()
  })
  await page.getByRole('link', { name: '联系人' }).click()
  await expect.poll(() => asked).toBe(1)
  await expect(page).toHaveURL(/\/edit$/)
})
