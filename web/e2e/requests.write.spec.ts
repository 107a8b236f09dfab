import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'

const phone = { width: 390, height: 844 }
const unique = () => Date.now().toString(36)

/** A customer of Linda's, whose region Stephen heads. */
async function customer(seller: Page, name: string) {
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name, type: 'company', phone: '13800138000' } } })
  expect(made.status()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

async function ask(page: Page, id: string, purpose: string) {
  await page.goto(`/records/customer/${id}`)
  await page.getByRole('button', { name: /^电话已打码/ }).first().click()
  await page.locator('.popover').getByRole('button', { name: '申请权限' }).click()
  const dialog = page.getByRole('dialog', { name: '申请权限' })
  await dialog.getByLabel('用途（必填）').fill(purpose)
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('Stephen Jiang')
  await dialog.getByRole('link', { name: '查看申请' }).click()
  await expect(page.getByRole('heading', { name: /^查看“/ })).toBeVisible()
}

test('a masked phone is asked for at the desk, approved on a phone, and seen until it is taken back', async ({ as }) => {
  const name = `申请客户 ${unique()}`
  const id = await customer(await as('linda3'), name)
  const asker = await as('mary0')
  const purpose = `活动回访 ${name}`
  await ask(asker, id, purpose)
  await expect(asker.getByText(/^同意后，Mary Gibson可以查看/)).toContainText('电话')
  await expect(asker.getByText('等待 Stephen Jiang')).toBeVisible()
  await expect(asker.getByRole('button', { name: '同意' })).toHaveCount(0)
  await expectAccessible(asker)

  const head = await as('stephen0', { viewport: phone })
  await head.goto('/requests')
  await head.getByRole('button', { name: new RegExp(purpose) }).click()
  await expect(head.getByLabel('审批意见（可不填）')).toBeVisible()
  await expectAccessible(head)
  await head.getByLabel('审批意见（可不填）').fill('按名单回访')
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(head.getByText(/^已由Stephen Jiang授予/)).toBeVisible()

  await asker.goto(`/records/customer/${id}`)
  await expect(asker.getByRole('heading', { name })).toBeVisible()
  await expect(asker.getByText('13800138000').first()).toBeVisible()
  await asker.goto('/requests?scope="mine"')
  await asker.getByRole('button', { name: new RegExp(purpose) }).click()
  await expect(asker.getByText('按名单回访')).toBeVisible()

  // Taken back it is gone with the next look.
  const grants = (await (await head.request.get('/api/v1/grants')).json()) as { items: { id: string; purpose: string }[] }
  const grant = grants.items.find((g) => g.purpose === purpose)
  expect((await head.request.delete(`/api/v1/grants/${grant?.id}`)).status()).toBe(200)
  await asker.goto(`/records/customer/${id}`)
  await expect(asker.getByRole('button', { name: /^电话已打码/ }).first()).toBeVisible()
  await expect(asker.getByText('13800138000')).toHaveCount(0)
})

test('while a head is away who stands in decides on a phone, and is named beside them', async ({ as }) => {
  const head = await as('amy0')
  const standIn = await as('syed0', { viewport: phone })
  const syed = ((await (await standIn.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const id = await customer(await as('jae0'), `代理客户 ${unique()}`)
  const asker = await as('mary0')
  const purpose = `代批回访 ${unique()}`
  const made = await asker.request.post('/api/v1/requests', { data: { type: 'access', purpose, access: { kind: 'customer', record: id, fields: ['phone'], hours: 2 } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id: request } = (await made.json()) as { id: string }
  expect((await standIn.request.get(`/api/v1/requests/${request}`)).status()).toBe(404)
  const away = await head.request.put('/api/v1/me/away', { data: { stand_in: syed, until: new Date(Date.now() + 300_000).toISOString() } })
  expect(away.status(), await away.text()).toBe(200)
  try {
    await standIn.goto('/requests')
    await standIn.getByRole('button', { name: new RegExp(purpose) }).click()
    await expect(standIn.getByText(/Syed Abbas（代Amy Alberts）/).first()).toBeVisible()
    await standIn.getByRole('button', { name: '同意', exact: true }).click()
    await expect(standIn.getByText(/^已由Amy Alberts授予/)).toBeVisible()
  } finally {
    expect((await head.request.delete('/api/v1/me/away')).status()).toBe(204)
  }
  await asker.goto(`/requests?scope="mine"&id="${request}"`)
  await expect(asker.getByText(/Syed Abbas（代Amy Alberts）/).first()).toBeVisible()
  await asker.goto(`/records/customer/${id}`)
  await expect(asker.getByText('13800138000').first()).toBeVisible()
})

test('who has approved is not asked again: the chain says that the step is skipped, in both languages, on a phone', async ({ as }) => {
  const [boss, seller] = [await as('ken0'), await as('linda3')]
  const name = `两级审批 ${unique()}`
  const id = await customer(seller, name)
  // The head of who asks is the head over the customer too.
  const rule = await boss.request.put(`/api/v1/policy/rules/e2e-skips-${unique()}`, {
    data: {
      effect: 'permit',
      kind: 'customer',
      actions: ['delete'],
      who: { any: [{ everyone: true }] },
      where: { path: 'own' },
      when: { op: 'eq', field: 'name', value: { text: name } },
      fields: [{ class: 'general', level: 'plain' }],
      duty: { approval: ['@head', '@owner_head', '@pack:boss'] },
      until: new Date(Date.now() + 600_000).toISOString(),
      scene: '须逐级复核',
    },
  })
  expect(rule.status(), await rule.text()).toBe(200)
  const made = await seller.request.post('/api/v1/requests', { data: { type: 'delete', purpose: `重复录入 ${name}`, delete: { kind: 'customer', record: id, version: 1 } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id: request } = (await made.json()) as { id: string }

  const head = await as('stephen0', { viewport: phone })
  await head.goto(`/requests?scope="waiting"&id="${request}"`)
  const steps = head.getByRole('region', { name: '审批流程' }).getByRole('listitem')
  await expect(steps).toHaveCount(3)
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(steps.nth(0)).toContainText(/Stephen Jiang 于 .+ 同意/)
  await expect(steps.nth(1)).toContainText(/Stephen Jiang 已经同意过，.+ 跳过此步/)
  await expect(steps.nth(1)).not.toContainText('等待')
  await expect(steps.nth(2)).toContainText('等待')
  await expect(head.getByRole('button', { name: '同意', exact: true })).toHaveCount(0)
  await expectAccessible(head)

  const asker = await as('linda3', { viewport: phone, lang: 'en' })
  await asker.goto(`/requests?scope="mine"&id="${request}"`)
  const told = asker.getByRole('region', { name: 'Who decides' }).getByRole('listitem')
  await expect(told.nth(1)).toContainText(/Stephen Jiang has approved already; skipped, /)
  await expect(told.nth(2)).toContainText('Waits for')
  await expectAccessible(asker)
  expect(await asker.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})

test('an export without the right is made by two approvals, and by who can give it', async ({ as }) => {
  const name = `导出客户 ${unique()}`
  await customer(await as('linda3'), name)
  const asker = await as('mary0')
  const purpose = `活动名单 ${name}`
  await asker.goto(`/data/exports?kind=customer&filter=${encodeURIComponent(JSON.stringify(`r.name == '${name}'`))}`)
  await asker.getByRole('button', { name: '取消' }).click()
  await asker.getByRole('button', { name: '申请导出' }).first().click()
  const made = await asker.request.post('/api/v1/requests', {
    data: { type: 'export', purpose, export: { kind: 'customer', filter: `r.name == '${name}'`, fields: ['name', 'phone'], format: 'csv', lang: 'zh' } },
  })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  for (const login of ['david0', 'stephanie0']) {
    const said = await (await as(login)).request.post(`/api/v1/requests/${id}/approve`, { data: {} })
    expect(said.status()).toBe(200)
  }
  // Neither may export a seller's customers: it is passed on to the head who may, and says so.
  await asker.goto(`/requests?scope="mine"&id="${id}"`)
  await expect(asker.getByText('（前面的审批人无权授予，转交到这里）')).toBeVisible()
  const boss = await as('ken0', { viewport: phone })
  await boss.goto(`/requests?scope="waiting"&id="${id}"`)
  await boss.getByRole('button', { name: '同意', exact: true }).click()
  await expect(boss.getByText(/^已由Ken Sánchez授予/)).toBeVisible()
  await asker.reload()
  await asker.getByRole('link', { name: '查看导出' }).click()
  const link = asker.getByRole('link', { name: '下载' }).first()
  await expect(link).toBeVisible()
  const file = await (await asker.request.get((await link.getAttribute('href')) ?? '')).text()
  expect(file).toContain(name)
  expect(file).not.toContain('13800138000')
})

test('who decides and who stands in are settings in plain words', async ({ as }) => {
  const admin = await as('stephanie0')
  await admin.goto('/policy/approvals')
  const chain = admin.getByRole('region', { name: '导出申请' })
  await expect(chain).toContainText('拥有权限包“系统管理员”的人')
  await chain.getByRole('button', { name: '修改' }).click()
  await expectAccessible(admin)
  await chain.getByRole('button', { name: '取消' }).click()

  // A step that nobody could decide is refused when it is written; head and IT decide together.
  const creating = admin.getByRole('region', { name: '新建申请' })
  await creating.getByRole('button', { name: '修改' }).click()
  await creating.getByLabel('由谁审批').selectOption('pack')
  await creating.getByLabel('权限包', { exact: true }).selectOption('observer')
  await creating.getByRole('button', { name: '保存流程' }).click()
  await expect(creating.getByRole('alert')).toContainText('现在是否有人能审批')
  await creating.getByLabel('套用常用流程').selectOption('together')
  await creating.getByRole('button', { name: '保存流程' }).click()
  await expect(creating).toContainText('申请人的部门负责人 和 拥有权限包“系统管理员”的人，1 天内处理')
  await creating.getByRole('button', { name: '修改' }).click()
  await creating.getByRole('button', { name: '恢复默认' }).click()
  await creating.getByRole('button', { name: '保存流程' }).click()
  await expect(creating.getByRole('button', { name: '修改' })).toBeVisible()
  await expect(creating).not.toContainText('系统管理员')

  const away = await as('terri0')
  await away.goto('/account')
  const form = away.getByRole('form', { name: '外出与代理审批' })
  await form.getByRole('combobox', { name: '代理人' }).fill('Roberto')
  await form.getByRole('option').first().click()
  await form.getByLabel('到（含当天）').fill('2030-01-01')
  await expectAccessible(away)
  // Nobody is away for years.
  await form.getByRole('button', { name: '设置代理' }).click()
  await expect(away.getByText('一次最多设置 366 天。')).toBeVisible()
  const until = new Date(Date.now() + 5 * 24 * 3600_000).toISOString().slice(0, 10)
  await form.getByLabel('到（含当天）').fill(until)
  await form.getByRole('button', { name: '设置代理' }).click()
  await expect(away.getByText(/^由Roberto.*代理审批$/)).toBeVisible()
  await away.getByRole('button', { name: '结束代理' }).click()
  await expect(form).toBeVisible()
})
