import { expect, expectAccessible, find, test } from './stage'

test('a tag brings a task and a notice to whom it concerns', async ({ as }) => {
  const tag = `投诉中 ${Date.now()}`
  const admin = await as('stephanie0')
  await admin.goto('/routing')
  await admin.getByRole('button', { name: '新建派单规则' }).click()
  const dialog = admin.getByRole('dialog', { name: '新建派单规则' })
  await dialog.getByLabel('名称').fill(`投诉 ${tag}`)
  await dialog.getByRole('combobox', { name: '标签' }).fill(tag)
  await dialog.getByLabel('派给谁').selectOption('head')
  await dialog.getByLabel('任务', { exact: true }).fill(`处理 ${tag}`)
  await dialog.getByLabel(/几小时内完成/).fill('4')
  await expectAccessible(admin)
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByText(`客户打上“${tag}”标签时，部门负责人的任务：处理 ${tag}，4 小时内完成。`)).toBeVisible()

  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `茶馆 ${tag}`, tags: [tag] } } })
  expect(made.status()).toBe(201)

  // Linda's unit is headed by Stephen: he has the task, on the phone too, and opens the customer from it.
  const head = await as('stephen0', { viewport: { width: 390, height: 844 } })
  const { items } = await find(head, 'task', { filter: `r.subject == '处理 ${tag}'` })
  expect(items).toHaveLength(1)
  await head.goto(`/records/task/${items[0]?.id}`)
  await expect(head.getByRole('heading', { level: 1 })).toContainText(`处理 ${tag}`)
  await expect(head.getByRole('link', { name: `茶馆 ${tag}` }).first()).toBeVisible()
  const told = await head.request.get('/api/v1/notices')
  expect(await told.text()).toContain(`处理 ${tag}`)

  await admin.getByRole('button', { name: `移除“投诉 ${tag}”` }).click()
  await expect(admin.getByText('已移除，已派的任务保留')).toBeVisible()
  await expect(admin.getByText(`处理 ${tag}`)).toHaveCount(0)
})

test('who does not govern finds no page of routing', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/routing')
  await expect(page.getByRole('heading', { name: '自动派单' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '自动派单' })).toHaveCount(0)
})
