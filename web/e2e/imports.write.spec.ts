import { expect, expectAccessible, find, test } from './stage'

const stamp = Date.now()
const csv = (rows: string[]) => ({ name: '客户名单.csv', mimeType: 'text/csv', buffer: Buffer.from(['\ufeff客户名称,客户编码,电话,备用栏', ...rows].join('\n')) })

test('a table is looked at, tried, imported, and taken back', async ({ as }) => {
  const page = await as('ken0')
  await page.goto('/data/imports')
  await page.getByRole('link', { name: '新建导入' }).first().click()
  await page.getByLabel('导入到').selectOption('customer')
  await page.locator('input[type=file]').setInputFiles(csv([`导入甲${stamp},W${stamp}1,13711110001,x`, `导入乙${stamp},W${stamp}2,12,`, `导入丙${stamp},W${stamp}3,13711110003,y`]))
  await expect(page.getByLabel('“客户名称”对应的字段')).toHaveValue('name')
  await expect(page.getByLabel('“备用栏”对应的字段')).toHaveValue('')
  await expectAccessible(page)
  await page.getByRole('button', { name: '开始试运行' }).click()
  await expect(page.getByText('检查完毕，有些行有错误。还没有改动任何数据。')).toBeVisible()
  await expect(page.getByRole('row', { name: /3 电话 电话号码格式不正确/ })).toBeVisible()
  await expectAccessible(page)
  expect((await find(page, 'customer', { filter: `r.code.startsWith('W${stamp}')` })).items).toHaveLength(0)
  const errors = await page.request.get((await page.getByRole('link', { name: '下载错误文件' }).getAttribute('href')) ?? '')
  expect(await errors.text()).toContain('电话')

  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect(page.getByText('导入完成，有错误的行已跳过。')).toBeVisible()
  const made = await find(page, 'customer', { filter: `r.code.startsWith('W${stamp}')` })
  expect(made.items.map((i) => i.title).sort()).toEqual([`导入丙${stamp}`, `导入甲${stamp}`])

  const touched = made.items.find((i) => i.title.startsWith('导入丙'))
  const saved = await page.request.patch(`/api/v1/records/customer/${touched?.id}`, { headers: { 'If-Match': `"${touched?.version}"` }, data: { fields: { city: '深圳' } } })
  expect(saved.ok()).toBe(true)
  await page.getByRole('button', { name: '撤销导入…' }).click()
  await expect(page.getByText('有些行不能撤销。还没有改动任何数据。')).toBeVisible()
  await expect(page.getByText('导入后有人修改过，保持不变。')).toBeVisible()
  await page.getByRole('button', { name: '确认撤销' }).click()
  await expect(page.getByText('已撤销一部分，其余保持不变。')).toBeVisible()
  expect((await find(page, 'customer', { filter: `r.code.startsWith('W${stamp}')` })).items.map((i) => i.title)).toEqual([`导入丙${stamp}`])

  await page.getByRole('link', { name: '历史记录' }).click()
  await expect(page.getByRole('link', { name: '撤销导入：客户' }).first()).toBeVisible()
  await expectAccessible(page)
})

test('the same table is remembered, and locked fields are no choice', async ({ as }) => {
  const page = await as('stephen0')
  await page.goto('/data/imports/new?kind=customer')
  const file = { name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from(`名字${stamp},号码\n甲${stamp},44\n`) }
  await page.locator('input[type=file]').setInputFiles(file)
  const first = page.getByLabel(`“名字${stamp}”对应的字段`)
  await first.selectOption('name')
  await expect(first.locator('option', { hasText: /^身份证号$|^证件号码$/ }).first()).toBeDisabled()
  await page.getByRole('button', { name: '开始试运行' }).click()
  await expect(page.getByText('检查完毕，全部可以导入。还没有改动任何数据。')).toBeVisible()
  await page.goto('/data/imports/new?kind=customer')
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByText('已按您上次导入同样表格时的对应关系填好，请核对。')).toBeVisible()
  await expect(page.getByLabel(`“名字${stamp}”对应的字段`)).toHaveValue('name')
})

test('who may not import is told so, and a phone can do it all', async ({ as }) => {
  const seller = await as('zainal0')
  await seller.goto('/data/imports/new')
  await expect(seller.getByText('您没有导入数据的权限')).toBeVisible()
  const page = await as('stephen0', { viewport: { width: 390, height: 844 } })
  await page.goto('/data/imports/new?kind=customer')
  await page.locator('input[type=file]').setInputFiles(csv([`手机导入${stamp},P${stamp},13711110009,`]))
  await page.getByRole('button', { name: '开始试运行' }).click()
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await expect(page.getByText('导入完成。')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('new customers go into a pool, and who is there already is left out', async ({ as }) => {
  const page = await as('ken0')
  const admin = await as('stephanie0')
  const { posts } = (await (await page.request.get('/api/v1/access')).json()) as { posts: { unit: { id: string } }[] }
  const open = [{ unit: posts[0]?.unit.id }] // nobody else's page shows it
  const answer = await admin.request.post('/api/v1/org/pools', { data: { name: `导入公海 ${stamp}`, open } })
  expect(answer.status(), await answer.text()).toBe(201)
  const pool = (await answer.json()) as { id: string; name: string }
  const there = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `已有${stamp}`, city: '广州' } } })
  expect(there.status()).toBe(201)
  await page.goto('/data/imports/new?kind=customer')
  await page.locator('input[type=file]').setInputFiles(csv([`已有 ${stamp},G${stamp}1,,x`, `入池${stamp},G${stamp}2,,`, `入池${stamp},G${stamp}3,,`]))
  await expect(page.getByLabel(/^名称、电话、邮箱或信用代码/)).toBeChecked()
  await page.getByLabel('新记录归属').selectOption({ label: `放入公海池“${pool.name}”` })
  await page.getByRole('button', { name: '开始试运行' }).click()
  await expect(page.getByRole('row', { name: /2 客户名称 您能看到的记录中已有相同的/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /4 客户名称 前面有一行与它相同/ })).toBeVisible()
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await expect(page.getByText('导入完成，有错误的行已跳过。')).toBeVisible()
  const made = await find(page, 'customer', { filter: `r.code.startsWith('G${stamp}')`, fields: 'name,owner,pool' })
  expect(made.items.map((one) => [one.title, one.fields.owner ?? null, one.fields.pool])).toEqual([[`入池${stamp}`, null, pool.id]])
})

test('a row that somebody looks after already is told as that alone, and their head is asked from the result', async ({ as }) => {
  const boss = await as('ken0')
  const admin = await as('stephanie0')
  const seller = await as('linda3')
  const name = `雾港船务${stamp}`
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name, type: 'company', city: '舟山' } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const me = ((await (await boss.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const put = await admin.request.put(`/api/v1/policy/rules/e2e-looked-${stamp}`, {
    data: {
      effect: 'forbid',
      kind: 'customer',
      actions: ['read'],
      who: { any: [{ person: me }] },
      where: { path: 'all' },
      when: { op: 'starts_with', field: 'name', value: { text: name } },
      until: new Date(Date.now() + 600_000).toISOString(),
      scene: '独立核算',
    },
  })
  expect(put.status(), await put.text()).toBe(200)

  await boss.goto('/data/imports/new?kind=customer')
  await boss.locator('input[type=file]').setInputFiles(csv([`雾港 船务${stamp},L${stamp}1,,`, `雾港新客${stamp},L${stamp}2,,`]))
  await expect(boss.getByText(/每小时最多查 20 行，每天最多 60 行/)).toBeVisible()
  await boss.getByRole('button', { name: '开始试运行' }).click()
  await expect(boss.getByRole('row', { name: /2 整行 已有人负责。/ })).toBeVisible()
  await expect(boss.getByText('有 1 行已有人负责，没有导入。')).toBeVisible()
  await expectAccessible(boss)
  await boss.getByRole('button', { name: '导入 1 行' }).click()
  await expect(boss.getByText('导入完成，有错误的行已跳过。')).toBeVisible()
  expect(await boss.locator('main').innerText()).not.toContain('Linda')

  // From the result, on a phone, in English.
  const at = new URL(boss.url()).pathname
  const phone = await as('ken0', { viewport: { width: 390, height: 844 }, lang: 'en', theme: 'dark' })
  await phone.goto(at)
  await expect(phone.getByText('Somebody looks after 1 row already; it is left out.')).toBeVisible()
  await phone.getByRole('button', { name: 'Ask the head over them' }).click()
  const dialog = phone.getByRole('dialog', { name: 'Ask the head over them' })
  await dialog.getByLabel('Your words').fill(`船务客户找到了总部 ${stamp}`)
  await expectAccessible(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(phone.getByText('Asked about 1 row.')).toBeVisible()
  await expect(phone.getByText('The heads were asked, or the check is more than a day old.')).toBeVisible()
  const head = await as('stephen0')
  const tasks = await find(head, 'task', { filter: `r.customer == '${id}'`, fields: 'content' })
  expect(tasks.items.map((task) => task.fields.content)).toEqual([`船务客户找到了总部 ${stamp}`])
})
