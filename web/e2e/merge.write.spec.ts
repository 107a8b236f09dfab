import { expect, expectAccessible, opensLog, test } from './stage'

test('two that are one are merged field by field, lead to each other, and come apart again', async ({ as }) => {
  const page = await as('linda3')
  const name = `合并客户 ${Date.now()}`
  const make = async (kind: string, fields: Record<string, unknown>) => {
    const made = await page.request.post(`/api/v1/records/${kind}`, { data: { fields } })
    expect(made.status(), await made.text()).toBe(201)
    return ((await made.json()) as { id: string }).id
  }
  const here = await make('customer', { name, city: '上海' })
  const there = await make('customer', { name: `${name}有限公司`, city: '深圳' })
  await make('contact', { name: '跟来的联系人', customer: there })

  await page.goto(`/records/customer/${here}`)
  await page.getByRole('link', { name: '合并' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^合并到/ })).toBeVisible()
  // A twin out of sight is asked for from here.
  await page.getByRole('button', { name: '请负责人的上级协调' }).click()
  await page.getByRole('dialog', { name: '请求协调' }).getByLabel('想说的话').fill('我们这里有同一个客户')
  await page.getByRole('dialog', { name: '请求协调' }).getByRole('button', { name: '发送请求' }).click()
  await expect(page.getByText('已发送。如有人负责，其上级会看到。')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: `${name}有限公司` }).click()
  await page.getByRole('radio', { name: '城市 · 将被合并的记录' }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: '合并', exact: true }).click()
  await expect(page.getByText(/已合并，1 条相关记录已归入/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.locator('.record-fields').getByText('深圳', { exact: true })).toBeVisible()

  // The other one leads here.
  const second = await as('linda3')
  await second.goto(`/records/customer/${there}`)
  await expect(second.getByRole('link', { name: `打开“${name}”` })).toBeVisible()
  await expectAccessible(second)

  // The log says of both by which rule they were changed.
  const auditor = await as('zainal0')
  for (const [id, field] of [[here, '城市'], [there, '阶段']] as const) {
    await opensLog(auditor, 'customer', id)
    const entry = auditor.getByRole('region', { name: '日志条目' }).getByRole('row').filter({ hasText: 'Linda' }).filter({ hasText: '修改' }).filter({ hasText: field })
    await expect(entry).toHaveCount(1)
    await expect(entry).toContainText(/销售开发并跟进自己负责的客户.*策略第 \d+ 版/)
    await expectAccessible(auditor)
  }

  await page.locator('.timeline').getByRole('button', { name: '撤销合并' }).click()
  await expect(page.getByText('已撤销')).toBeVisible()
  await expect(page.locator('.record-fields').getByText('上海', { exact: true })).toBeVisible()
  expect((await page.request.get(`/api/v1/records/customer/${there}`)).status()).toBe(200)
})

test('on a phone the values stand one below the other', async ({ as }) => {
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const name = `手机合并 ${Date.now()}`
  const ids: string[] = []
  for (const city of ['上海', '深圳']) {
    const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name, city } } })
    ids.push(((await made.json()) as { id: string }).id)
  }
  await page.goto(`/records/customer/${ids[0]}/merge`)
  await page.getByRole('button', { name }).click()
  const one = await page.getByRole('radio', { name: '城市 · 保留的记录' }).boundingBox()
  const two = await page.getByRole('radio', { name: '城市 · 将被合并的记录' }).boundingBox()
  expect(two?.y ?? 0).toBeGreaterThan(one?.y ?? 0)
  await expectAccessible(page)
})

test('whoever enters a customer can ask the head, and is told the same whether there is one or not', async ({ as }) => {
  const seller = await as('linda3')
  const other = await as('jae0')
  const name = `已有客户 ${Date.now()}`
  expect((await other.request.post('/api/v1/records/customer', { data: { fields: { name } } })).status()).toBe(201)
  for (const typed of [name, `没有的客户 ${Date.now()}`]) {
    await seller.goto('/records/customer/new')
    await seller.locator('#field-name').fill(typed)
    await seller.getByRole('button', { name: '请负责人的上级协调' }).click()
    const dialog = seller.getByRole('dialog', { name: '请求协调' })
    await dialog.getByLabel('想说的话').fill(`他们找到了我 ${typed}`)
    await dialog.getByRole('button', { name: '发送请求' }).click()
    await expect(seller.getByText('已发送。如有人负责，其上级会看到。')).toBeVisible()
  }
  const boss = await as('ken0')
  // Who has the right is told yes or no, and nothing of whose it is.
  await boss.goto('/records/customer/new')
  for (const [typed, said] of [[name, '已有人负责'], [`没有的客户 ${Date.now()}`, '没有发现有人负责']] as const) {
    await boss.locator('#field-name').fill(typed)
    await boss.getByRole('button', { name: '查查是否已有人负责' }).click()
    await expect(boss.locator('.own-ask').getByRole('status')).toContainText(said)
  }
  const tasks = (await (await boss.request.get(`/api/v1/records/task?q=${encodeURIComponent(name)}`)).json()) as { items: unknown[] }
  expect(tasks.items).toHaveLength(1)
})
