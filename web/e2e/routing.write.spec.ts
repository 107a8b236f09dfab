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

test('a stage comes to the owner, and a tag to the position that is nearest', async ({ as }) => {
  const run = Date.now().toString(36)
  const admin = await as('stephanie0', { viewport: { width: 390, height: 844 } })
  const dialog = admin.getByRole('dialog', { name: '新建派单规则' })
  const begin = async (task: string) => {
    await admin.goto('/routing')
    await admin.getByRole('button', { name: '新建派单规则' }).click()
    await dialog.getByLabel('名称').fill(task)
    await dialog.getByLabel('任务', { exact: true }).fill(task)
  }
  const [resign, settle] = [`挽回合同 ${run}`, `接手投诉 ${run}`]
  await begin(resign)
  await dialog.getByLabel('业务表').selectOption('contract')
  await dialog.getByLabel('什么时候').selectOption('stage')
  await dialog.getByLabel('阶段').selectOption('terminated')
  await dialog.getByLabel('派给谁').selectOption('owner')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByText(`合同进入“已终止”阶段时，记录负责人的任务：${resign}。`)).toBeVisible()
  await begin(settle)
  await dialog.getByRole('combobox', { name: '标签' }).fill(settle)
  await dialog.getByLabel('派给谁').selectOption('position')
  await dialog.getByLabel('岗位').selectOption('facilities_manager')
  await expectAccessible(admin)
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByText(`客户打上“${settle}”标签时，设施经理的任务：${settle}。`)).toBeVisible()

  // Whoever does it, it comes to the owner, who is told and opens the contract from the task.
  const boss = await as('ken0')
  const seller = await as('linda3')
  const { person } = (await (await seller.request.get('/api/v1/me')).json()) as { person: { id: string } }
  const shop = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `茶馆 ${run}` } } })
  const { id: customer, version: before } = (await shop.json()) as { id: string; version: number }
  const made = await boss.request.post('/api/v1/records/contract', { data: { fields: { customer, number: `HT ${run}`, owner: person.id, stage: 'performing' } } })
  const { id, version } = (await made.json()) as { id: string; version: number }
  const ended = await boss.request.patch(`/api/v1/records/contract/${id}`, { data: { fields: { stage: 'terminated' } }, headers: { 'If-Match': `"${version}"` } })
  expect(ended.status(), await ended.text()).toBe(200)
  const [task] = (await find(seller, 'task', { filter: `r.subject == '${resign}'` })).items
  await seller.goto(`/records/task/${task?.id}`)
  await expect(seller.getByRole('heading', { level: 1 })).toContainText(resign)
  expect(await (await seller.request.get('/api/v1/notices')).text()).toContain(resign)

  // Of a customer whose unit has nobody of the position it comes to who holds it in the company, and shows nothing of the customer.
  const tagged = await seller.request.patch(`/api/v1/records/customer/${customer}`, { data: { fields: { tags: [settle] } }, headers: { 'If-Match': `"${before}"` } })
  expect(tagged.status(), await tagged.text()).toBe(200)
  const { items } = await find(boss, 'task', { filter: `r.subject == '${settle}'` })
  expect(items).toHaveLength(1)
  const assistant = await as('gary1')
  await assistant.goto(`/records/task/${items[0]?.id}`)
  await expect(assistant.getByRole('heading', { level: 1 })).toContainText(settle)
  expect(await (await assistant.request.get('/api/v1/notices')).text()).toContain(settle)
  expect((await assistant.request.get(`/api/v1/records/customer/${customer}`)).status()).toBe(404)
  expect((await find(seller, 'task', { filter: `r.subject == '${settle}'` })).items).toEqual([])

  for (const name of [resign, settle]) {
    await admin.getByRole('button', { name: `移除“${name}”` }).click()
    await expect(admin.getByRole('button', { name: `移除“${name}”` })).toHaveCount(0)
  }
})

test('who does not govern finds no page of routing', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/routing')
  await expect(page.getByRole('heading', { name: '自动派单' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '自动派单' })).toHaveCount(0)
})
