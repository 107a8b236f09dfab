import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { again, expect, expectAccessible, test, withinADay } from './stage'

const phone = { width: 390, height: 844 }
const unique = (word: string) => `${word} ${Date.now().toString(36)}`

async function make(page: Page, kind: string, fields: Record<string, unknown>) {
  const made = await page.request.post(`/api/v1/records/${kind}`, { data: { fields } })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

/** A rule about records of this name alone, which no other story makes. */
async function rule(admin: Page, id: string, name: string, rest: Record<string, unknown>) {
  // Nobody takes away a rule that holds themselves.
  const me = ((await (await admin.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const put = await admin.request.put(`/api/v1/policy/rules/${id}`, {
    data: {
      effect: 'forbid',
      who: { any: [{ everyone: true }], except: [{ person: me }] },
      kind: 'customer',
      where: { path: 'all' },
      when: { op: 'starts_with', field: 'name', value: { text: name } },
      // It ends by itself: taking a guard of exports away takes a second person.
      until: new Date(Date.now() + 600_000).toISOString(),
      scene: '须第二人复核',
      ...rest,
    },
  })
  expect(put.status(), await put.text()).toBe(200)
}

test('a field that takes a second pair of eyes is asked for where it is edited, and approved on a phone', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const name = unique('复核客户')
  const id = await make(seller, 'customer', { name, type: 'company', city: '杭州' })
  const code = `e2e-held-${Date.now().toString(36)}`
  await rule(boss, code, name, { actions: ['edit'], fields: [{ field: 'city', level: 'plain' }], duty: { approval: ['@head'] } })

  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: /^修改城市/ }).first().click()
  await seller.getByRole('group', { name: '正在修改城市' }).locator('input').fill('宁波')
  await seller.getByRole('group', { name: '正在修改城市' }).locator('input').press('Enter')
  const dialog = seller.getByRole('dialog', { name: '这项修改须经审批' })
  await expect(dialog).toContainText('城市')
  await dialog.getByLabel('用途（必填）').fill(`搬迁 ${name}`)
  await expectAccessible(seller)
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('Stephen Jiang')
  const held = (await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: { city: string } }
  expect(held.fields.city).toBe('杭州')

  const head = await as('stephen0', { viewport: phone })
  await head.goto('/requests')
  await head.getByRole('button', { name: new RegExp(`搬迁 ${name}`) }).click()
  const table = head.getByRole('table')
  await expect(table).toContainText('杭州')
  await expect(table).toContainText('宁波')
  await expectAccessible(head)
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(head.getByText(/修改已生效/)).toBeVisible()
  const now = (await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: { city: string } }
  expect(now.fields.city).toBe('宁波')
})

test('who may not transfer asks for it, and the head gives it with what was chosen', async ({ as }) => {
  const seller = await as('linda3')
  const name = unique('申请转交')
  const id = await make(seller, 'customer', { name, type: 'company' })
  await make(seller, 'contact', { name: '随同的联系人', customer: id })
  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: '转交' }).click()
  const dialog = seller.getByRole('dialog', { name: `转交“${name}”` })
  await expect(dialog.getByText(/您不能直接转交/)).toBeVisible()
  await dialog.getByRole('combobox', { name: '新的负责人' }).fill('Shu')
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await dialog.getByLabel('申请原因（必填）').fill(`客户换区 ${name}`)
  await expectAccessible(seller)
  await dialog.getByRole('button', { name: '提交转交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('Stephen Jiang')

  const head = await as('stephen0', { viewport: phone })
  await head.goto('/requests')
  await head.getByRole('button', { name: new RegExp(`客户换区 ${name}`) }).click()
  await expect(head.getByText(/^批准后，.*转交给Shu/)).toBeVisible()
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(head.getByText(/已转交给Shu/)).toBeVisible()
  expect((await seller.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(404)
})

test('a page that is not there and one out of sight are asked for alike, and so is a refused one', async ({ as }) => {
  const boss = await as('ken0')
  const name = unique('看不到的客户')
  const id = await make(boss, 'customer', { name, type: 'company' })
  const seller = await as('linda3', { viewport: phone })
  const said: string[] = []
  for (const one of [id, '999999999']) {
    await seller.goto(`/records/customer/${one}`)
    await seller.getByRole('button', { name: '申请权限' }).click()
    const dialog = seller.getByRole('dialog', { name: '申请权限' })
    await dialog.getByLabel('用途（必填）').fill('客户打电话找我')
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await expect(dialog.getByRole('status')).toBeVisible()
    said.push((await dialog.textContent()) ?? '')
    await expectAccessible(seller)
  }
  expect(said[0]).toBe(said[1])
  await seller.goto('/policy/rules')
  await seller.getByRole('button', { name: '申请权限' }).first().click()
  const dialog = seller.getByRole('dialog', { name: '申请权限' })
  await dialog.getByLabel('用途（必填）').fill('想了解规则')
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('权限管理员')
})

test('a VIP in an export is asked for, and the auditor sees what was blocked', async ({ as }) => {
  const boss = await as('ken0')
  const head = await as('stephen0')
  const name = unique('重点客户')
  await make(await as('linda3'), 'customer', { name, type: 'company' })
  const code = `e2e-vip-${Date.now().toString(36)}`
  await rule(boss, code, name, { actions: ['export'], duty: { approval: ['@head', '@pack:administrator'] } })
  const filter = `r.name == '${name}'`
  const refused = await head.request.post('/api/v1/exports', { data: { kind: 'customer', purpose: '对账', filter, format: 'csv' } })
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, 'needs_approval'])
  await head.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  await expect(head.getByText(/其中有须经审批的内容（1 条记录）/)).toBeVisible()
  await expect(head.getByRole('button', { name: '开始导出' })).toBeDisabled()
  await expectAccessible(head)
  await head.getByRole('button', { name: '改为申请导出' }).click()
  await head.getByLabel('用途（必填）').fill(`核对 ${name}`)
  await head.getByRole('button', { name: '提交申请' }).click()
  await expect(head.getByRole('status').filter({ hasText: '等待' })).toBeVisible()

  // The head over them and IT say yes; who asked fetches the file, and the log tells of it.
  const asked = (await (await head.request.get('/api/v1/requests')).json()) as { items: { id: string; purpose: string }[] }
  const request = asked.items.find((one) => one.purpose === `核对 ${name}`)?.id ?? ''
  const admin = await as('stephanie0')
  const over = await as('brian3', { viewport: phone })
  await over.goto(`/requests?scope="waiting"&id="${request}"`)
  await over.getByRole('button', { name: '同意', exact: true }).click()
  await expect(over.getByText(/^等待 /)).toBeVisible()
  await expectAccessible(over)
  expect((await admin.request.post(`/api/v1/requests/${request}/approve`, { data: {} })).status()).toBe(200)
  await head.goto(`/requests?scope="mine"&id="${request}"`)
  await head.getByRole('link', { name: '查看导出' }).click()
  const link = head.getByRole('listitem').filter({ hasText: `核对 ${name}` }).getByRole('link', { name: '下载' })
  const [file] = await Promise.all([head.waitForEvent('download'), link.click()])
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
  expect(readFileSync(await file.path()).subarray(0, 2).toString()).toBe('PK')
  const made = new URL((await link.getAttribute('href')) ?? '', head.url()).pathname.split('/').at(-2) ?? ''
  const auditor = await as('zainal0')
  await auditor.goto(`/audit?export=${made}`)
  const log = auditor.getByRole('region', { name: '日志条目' })
  await again(async (timeout) => {
    await auditor.reload()
    for (const did of ['提交', '写入文件', '下载文件']) await expect(log.getByRole('row').filter({ hasText: `导出` }).filter({ hasText: did })).toHaveCount(1, { timeout })
  })
  await expectAccessible(auditor)

  await admin.goto('/policy/exports')
  await expect(admin.getByRole('button', { name: /只看Stephen Jiang/ })).toBeVisible()
  await expect(admin.getByRole('region', { name: '拦截明细' })).toContainText('须经审批')
  await admin.getByRole('button', { name: '修改上限' }).click()
  await admin.getByLabel('为权限包设上限').selectOption('observer')
  await expectAccessible(admin)
  await admin.getByRole('button', { name: '保存上限' }).click()
  await expect(admin.getByText('1,000 行/天').first()).toBeVisible()
})

test('who exports more than their day allows is told how much that is, what is used and when it counts anew', async ({ as }) => {
  const admin = await as('stephanie0')
  const limit = async (change: () => Promise<void>) => {
    await admin.goto('/policy/exports')
    await admin.getByRole('button', { name: '修改上限' }).click()
    await change()
    await admin.getByRole('button', { name: '保存上限' }).click()
    await expect(admin.getByText('上限已保存')).toBeVisible()
  }
  await limit(async () => {
    await admin.getByRole('combobox', { name: '为个人设上限' }).fill('Tsvi')
    await admin.getByRole('listbox', { name: '为个人设上限' }).getByRole('option').first().click()
    await admin.getByRole('spinbutton', { name: 'Tsvi Reiter' }).fill('3')
  })
  await expect(admin.locator('.limits').filter({ hasText: 'Tsvi Reiter' })).toContainText('3 行/天')

  const open = async (page: Page, purpose: string, wanted: string) => {
    await page.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(`r.name.startsWith('${wanted}')`))}`)
    await page.getByLabel('用途（必填）').fill(purpose)
  }
  const start = (page: Page) => page.getByRole('button', { name: '开始导出' }).click()
  const item = (page: Page, purpose: string) => page.getByRole('listitem').filter({ hasText: purpose })
  await withinADay(async (mark) => {
    const seller = await as('tsvi0')
    const name = `限额客户 ${mark}`
    for (const n of [1, 2]) await make(seller, 'customer', { name: `${name} ${n}`, type: 'company' })
    await open(seller, `头两行 ${name}`, name)
    await expect(seller.getByText('每天最多导出 3 行，您今天已导出 0 行；每天零点（北京时间）重新计算。')).toBeVisible()
    await start(seller)
    await expect(item(seller, `头两行 ${name}`).getByRole('link', { name: '下载' })).toBeVisible()

    // One row is left, so two are refused while the file is built, and nothing of them counts.
    const full = (used: number) => new RegExp(`超过每日导出上限：每天最多 3 行，您今天已导出 ${used} 行。\\d{4}/\\d\\d/\\d\\d \\d\\d:00 起重新计算。`)
    const small = await as('tsvi0', { viewport: phone })
    await open(small, `又两行 ${name}`, name)
    await expect(small.getByText('您今天已导出 2 行')).toBeVisible()
    await start(small)
    await expect(item(small, `又两行 ${name}`)).toContainText(full(2))
    await expect(item(small, `又两行 ${name}`).getByRole('link', { name: '下载' })).toHaveCount(0)
    await expectAccessible(small)
    await open(seller, `末一行 ${name}`, `${name} 1`)
    await start(seller)
    await expect(item(seller, `末一行 ${name}`).getByRole('link', { name: '下载' })).toBeVisible()

    // With nothing left it is said where the export is asked for.
    await open(seller, `再一行 ${name}`, `${name} 1`)
    await start(seller)
    await expect(seller.getByRole('alert')).toContainText(full(3))
    await expectAccessible(seller)
    const foreign = await as('tsvi0', { lang: 'en' })
    await foreign.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(`r.name.startsWith('${name}')`))}`)
    await expect(foreign.getByText('You may export 3 rows a day and have used 3 today; it starts again each midnight (Beijing time).')).toBeVisible()
    await foreign.getByLabel('What for (required)').fill('One more')
    await foreign.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(foreign.getByRole('alert')).toContainText(/Over your export limit: 3 rows a day, of which you have used 3\. It starts again on .*:00\./)
  })

  await limit(() => admin.getByRole('button', { name: '去掉Tsvi Reiter的上限' }).click())
  await expect(admin.locator('.limits').filter({ hasText: 'Tsvi Reiter' })).toHaveCount(0)
})

test('who has approved is passed over in a later step, which the page says, and the next one decides', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3', { viewport: phone })
  const name = unique('三级复核')
  const id = await make(seller, 'customer', { name, type: 'company', city: '杭州' })
  await rule(boss, `e2e-thrice-${Date.now().toString(36)}`, name, { actions: ['edit'], fields: [{ field: 'city', level: 'plain' }], duty: { approval: ['@head', '@owner_head', '@head_above'] } })
  const { version } = (await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { version: number }
  const asked = await seller.request.post('/api/v1/requests', {
    data: { type: 'change', purpose: `迁址 ${name}`, change: { kind: 'customer', record: id, version, fields: { city: '宁波' } } },
  })
  expect(asked.status(), await asked.text()).toBe(201)
  const { id: request } = (await asked.json()) as { id: string }
  const decide = async (login: string) => {
    const page = await as(login, { viewport: phone })
    await page.goto(`/requests?scope="waiting"&id="${request}"`)
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await expect(page.getByRole('button', { name: '同意', exact: true })).toHaveCount(0)
    return page
  }
  const head = await decide('stephen0')
  await seller.goto(`/requests?scope="mine"&id="${request}"`)
  for (const page of [head, seller]) {
    const steps = page.getByRole('region', { name: '审批流程' }).getByRole('listitem')
    await expect(steps.nth(0)).toContainText(/Stephen Jiang 于 .* 同意/)
    await expect(steps.nth(1)).toContainText(/Stephen Jiang 已经同意过，.* 跳过此步/)
    await expect(steps.nth(1).getByText('跳过此步').locator('..')).toHaveCSS('position', 'static') // in its place, over no other step
    await expect(steps.nth(2)).toContainText('等待 Brian Welcker')
    await expectAccessible(page)
  }
  const held = (await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: { city: string } }
  expect(held.fields.city).toBe('杭州')
  await decide('brian3')
  const now = (await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: { city: string } }
  expect(now.fields.city).toBe('宁波')
})
