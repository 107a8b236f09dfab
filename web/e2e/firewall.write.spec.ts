import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, publish, test } from './stage'
import { fillIn, inNewDraft, names, take } from './studio'

// The guards on fields, stages and dates, switched on by the administrator and seen by those whom they
// mean. Who they mean are people of production, each for one guard; the store, its customers and what
// hangs on them are the story's own, and the rules go with it.

const stamp = Date.now().toString(36)
const shop = `美容店 ${stamp}`
const phone = '13800138000'
const account = '6222020903001473077'
const here = { lat: 22.5431, lng: 114.0579 }
const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)

const logins = {
  seller: ['sandeep0', 'Sandeep Kaliyath'],
  accountant: ['barbara1', 'Barbara Moreland'],
  beautician: ['mihail0', 'Mihail Frintu'],
  keeper: ['jack1', 'Jack Creasey'],
  clerk: ['patrick1', 'Patrick Cook'],
  region: ['frank3', 'Frank Martinez'],
  newcomer: ['sariya0', 'Sariya Harnpadoungsataya'],
  marketing: ['jill0', 'Jill Williams'],
} as const

async function post(page: Page, path: string, data: object) {
  const made = await page.request.post(`/api/v1/${path}`, { data })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

const make = (page: Page, kind: string, fields: object) => post(page, `records/${kind}`, { fields })

const me = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id

/** The page of a record, by its title. */
async function opens(page: Page, kind: string, id: string, title: string) {
  await page.goto(`/records/${kind}/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

/** What is hidden says on the page why; the list has neither the value. */
async function hides(page: Page, id: string, title: string, field: string, value: string, template: string) {
  await opens(page, 'customer', id, title)
  await expect(page.locator('.record-fields').getByText(value)).toHaveCount(0)
  await page.locator('.record-fields').getByRole('button', { name: new RegExp(`^${field}对您隐藏`) }).click()
  await expect(page.locator('.popover')).toContainText(template)
  await expect(page.locator('.popover')).toContainText('护栏规则')
  await page.keyboard.press('Escape')
  await page.goto(`/records/customer?q=${encodeURIComponent(stamp)}`)
  const row = page.locator('.grid-row', { hasText: title })
  await expect(row).toHaveCount(1)
  await expect(row).not.toContainText(value)
}

interface Draft {
  id: string
  version: number
  document: { rules: { id: string; scene: string; who: object; where: { units?: string[] } }[] }
}

/** Edits the document of a draft beside its screens, as a second window would. */
async function edits(admin: Page, id: string, change: (document: Draft['document']) => Draft['document']) {
  const draft = (await (await admin.request.get(`/api/v1/policy/drafts/${id}`)).json()) as Draft
  const kept = await admin.request.patch(`/api/v1/policy/drafts/${id}`, { data: { document: change(draft.document) }, headers: { 'If-Match': `"${draft.version}"` } })
  expect(kept.status(), await kept.text()).toBe(200)
}

test('guards on fields, stages and dates close what they name to whom they mean, and say why', async ({ as }) => {
  test.setTimeout(480_000)
  const boss = await as('ken0')
  const admin = await as('stephanie0')
  const small = { width: 390, height: 844 }
  const page = {} as Record<keyof typeof logins, Page>
  const id = {} as Record<keyof typeof logins, string>
  for (const [role, [login]] of Object.entries(logins)) {
    const mine = await as(login)
    page[role as keyof typeof logins] = mine
    id[role as keyof typeof logins] = await me(mine)
  }
  const units = (await (await boss.request.get('/api/v1/org/units')).json()) as { items: { id: string; name: string }[] }
  const parent = units.items.find((unit) => unit.name === 'Pacific')?.id
  const store = await post(boss, 'org/units', { name: shop, type: 'store', parent, place: here, heads: [id.keeper] })
  for (const [role, position] of [
    ['clerk', 'production_technician'],
    ['seller', 'sales_representative'],
    ['accountant', 'sales_representative'],
    ['beautician', 'sales_representative'],
    ['keeper', 'marketing_manager'],
  ] as const) await post(boss, 'org/appointments', { person: id[role], unit: store, position })

  const customer = (name: string, fields: object = {}) =>
    make(boss, 'customer', { name: `${name} ${stamp}`, unit: store, phone, bank_account: account, annual_sales: '98765.00', remark: `喜欢薰衣草 ${name}`, ...fields })
  const renewing = await customer('将续约')
  const lasting = await customer('刚签约')
  await make(boss, 'contract', { number: `续 ${stamp}`, customer: renewing, stage: 'performing', unit: store, ends_on: day(30) })
  await make(boss, 'contract', { number: `新 ${stamp}`, customer: lasting, stage: 'performing', unit: store, ends_on: day(400) })
  const said = await make(boss, 'activity', { subject: `电话 ${stamp}`, customer: renewing, type: 'call', content: '想谈价格', happened_at: new Date().toISOString() })
  const intent = await customer('意向客户', { owner: id.seller, stage: 'intent' })
  const bought = await customer('成交客户', { owner: id.seller, stage: 'active' })
  const deal = await make(boss, 'contract', { number: `单 ${stamp}`, customer: intent, owner: id.seller, stage: 'performing', unit: store, total: '43210.00' })
  const books = await customer('对账客户', { owner: id.accountant })
  const beauty = await customer('美容会员', { owner: id.beautician })
  const card = await make(boss, 'contract', { number: `卡 ${stamp}`, customer: beauty, owner: id.beautician, stage: 'performing', unit: store, total: '8800.00' })
  const ticket = await make(boss, 'ticket', { subject: `漏水 ${stamp}`, customer: beauty, unit: store, type: 'complaint', stage: 'processing', solution: '换了阀门' })
  const near = await make(boss, 'customer', { name: `近邻 ${stamp}`, type: 'individual', unit: parent, place: { lat: here.lat + 0.02, lng: here.lng } })
  const far = await make(boss, 'customer', { name: `远客 ${stamp}`, type: 'individual', unit: parent, place: { lat: here.lat + 0.04, lng: here.lng } })
  const status = async (who: Page, kind: string, record: string) => (await who.request.get(`/api/v1/records/${kind}/${record}`)).status()

  const draft = (await inNewDraft(admin)) as Draft
  const inForce = new Set(draft.document.rules.map((rule) => rule.id))
  const taken: [template: RegExp, scene: RegExp, role?: keyof typeof logins][] = [
    [/续约期开放全部沟通记录/, /续约前了解客户的全部沟通/],
    [/销售只在跟进阶段看到完整客户/, /成交后的客户由客服和客户成功团队服务/, 'seller'],
    [/金额与银行账户仅财务可见/, /金额与账户属于财务机密/, 'seller'],
    [/财务只看金额/, /财务只需要金额与账户/, 'accountant'],
    [/美容师、顾问只看偏好/, /只需要了解客户偏好|消费记录由店长掌握/, 'beautician'],
    [/新客户前三个月只看基本信息/, /新客户的关系先由负责人建立/, 'newcomer'],
    [/门店附近的个人客户/, /门店服务周边的个人客户/, 'clerk'],
    [/市场查看销售备注/, /市场了解客户反馈/, 'marketing'],
    [/按门店组划分区域/, /分管一片区域的门店/, 'region'],
    [/总部实时看门店反馈/, /总部及时了解门店问题/, 'clerk'],
  ]
  for (const [button] of taken) await take(admin, button)
  // Two are filled in on the screen: for whom, and of which store.
  await fillIn(admin, /续约前了解/, 2, '谁', () => names(admin, logins.clerk[1]))
  await fillIn(admin, /总部及时了解门店问题/, 1, '哪些数据', async () => {
    const panel = admin.locator('form.part-panel')
    await panel.getByRole('combobox').fill(shop)
    await panel.getByRole('option', { name: shop }).click()
  })
  // The others mean one person each: what everybody would feel is nothing that other stories bear.
  const mine = new Set<string>()
  await edits(admin, draft.id, (document) => ({
    ...document,
    rules: document.rules.map((rule) => {
      if (inForce.has(rule.id)) return rule
      mine.add(rule.id)
      const role = taken.find(([, scene]) => scene.test(rule.scene))?.[2]
      if (!role) return rule
      const where = role === 'region' ? { ...rule.where, units: [store] } : rule.where
      return { ...rule, where, who: { any: [{ person: id[role] }] } }
    }),
  }))
  expect(mine.size).toBe(18)
  await admin.reload()
  await admin.getByRole('link', { name: '发布', exact: true }).click()

  // Before, the guards close nothing and the sharings show nothing.
  await opens(page.seller, 'customer', bought, `成交客户 ${stamp}`)
  await expect(page.seller.locator('.record-fields').getByText(/98,765/).first()).toBeVisible()
  expect(await status(page.clerk, 'customer', renewing)).toBe(404)
  expect(await status(page.region, 'customer', intent)).toBe(404)
  expect(await status(page.beautician, 'contract', card)).toBe(200)
  await publish(admin, `标签防火墙 ${stamp}`, '发布')
  await expect(admin.getByText(/已发布为版本/)).toBeVisible()
  try {
    await test.step('in the renewal period all communication is open', async () => {
      await opens(page.clerk, 'customer', renewing, `将续约 ${stamp}`)
      await expect(page.clerk.getByText('喜欢薰衣草 将续约').first()).toBeVisible()
      await expect(page.clerk.getByText(/98,765/)).toHaveCount(0)
      await opens(page.clerk, 'activity', said, `电话 ${stamp}`)
      await expect(page.clerk.getByText('想谈价格').first()).toBeVisible()
      await page.clerk.goto('/records/customer')
      await expect(page.clerk.getByRole('link', { name: `将续约 ${stamp}` })).toBeVisible()
      await expect(page.clerk.getByRole('link', { name: `刚签约 ${stamp}` })).toHaveCount(0)
      expect(await status(page.clerk, 'customer', lasting)).toBe(404)
      // Who leads sees among those who see it for what they do.
      await opens(boss, 'customer', renewing, `将续约 ${stamp}`)
      await boss.getByRole('button', { name: '谁能看到' }).click()
      await expect(boss.getByRole('dialog').locator('.who > li', { hasText: logins.clerk[1] })).toContainText('续约前了解客户的全部沟通')
      await expectAccessible(boss)
    })
    await test.step('new customers show their basics for three months', async () => {
      await hides(page.newcomer, intent, `意向客户 ${stamp}`, '电话', phone, '新客户前三个月只看基本信息')
    })
    await test.step('sales see the whole customer in the stages they work', async () => {
      await opens(page.seller, 'customer', intent, `意向客户 ${stamp}`)
      await expect(page.seller.getByText(/138 ?0013 ?8000/).first()).toBeVisible()
      await hides(page.seller, bought, `成交客户 ${stamp}`, '电话', phone, '销售只在跟进阶段看到完整客户')
    })
    await test.step('amounts and bank accounts are for finance alone', async () => {
      await hides(page.seller, intent, `意向客户 ${stamp}`, '银行账号', account, '金额与银行账户仅财务可见')
      await opens(page.seller, 'contract', deal, `单 ${stamp}`)
      await expect(page.seller.getByText(/43,210/)).toHaveCount(0)
      await expectAccessible(page.seller)
      // The boss keeps them.
      await opens(boss, 'contract', deal, `单 ${stamp}`)
      await expect(boss.getByText(/43,210/).first()).toBeVisible()
    })
    await test.step('finance sees money and no contact data, whatever else it holds', async () => {
      await hides(page.accountant, books, `对账客户 ${stamp}`, '电话', phone, '财务只看金额')
      await opens(page.accountant, 'customer', books, `对账客户 ${stamp}`)
      await expect(page.accountant.locator('.record-fields').getByText(/98,765/).first()).toBeVisible()
      await expect(page.accountant.getByText('喜欢薰衣草')).toHaveCount(0)
    })
    await test.step('a beautician sees the preferences, the head of the shop the spending', async () => {
      await opens(page.beautician, 'customer', beauty, `美容会员 ${stamp}`)
      await expect(page.beautician.getByText('喜欢薰衣草 美容会员').first()).toBeVisible()
      await expect(page.beautician.getByText(/98,765/)).toHaveCount(0)
      expect(await status(page.beautician, 'contract', card)).toBe(404)
      expect((await find(page.beautician, 'contract', { filter: `r.number.contains('${stamp}')` })).items).toEqual([])
      await page.beautician.setViewportSize(small)
      await expect(page.beautician.getByText(/98,765/)).toHaveCount(0)
      await expectAccessible(page.beautician)
      await opens(page.keeper, 'customer', beauty, `美容会员 ${stamp}`)
      await expect(page.keeper.getByText(/98,765/).first()).toBeVisible()
      await opens(page.keeper, 'contract', card, `卡 ${stamp}`)
      await expect(page.keeper.getByText(/8,800/).first()).toBeVisible()
    })
    await test.step('a store sees the customers within three kilometres', async () => {
      await page.clerk.setViewportSize(small)
      await opens(page.clerk, 'customer', near, `近邻 ${stamp}`)
      await page.clerk.goto(`/records/customer?q=${encodeURIComponent(stamp)}`)
      await expect(page.clerk.locator('.record-card', { hasText: `近邻 ${stamp}` })).toBeVisible()
      await expect(page.clerk.locator('.record-card', { hasText: `远客 ${stamp}` })).toHaveCount(0)
      expect(await status(page.clerk, 'customer', far)).toBe(404)
    })
    await test.step('marketing reads the remarks of sales, a part of the region its stores, headquarters the feedback', async () => {
      await opens(page.marketing, 'customer', renewing, `将续约 ${stamp}`)
      await expect(page.marketing.getByText('喜欢薰衣草 将续约').first()).toBeVisible()
      await opens(page.region, 'customer', intent, `意向客户 ${stamp}`)
      await expect(page.region.getByText(/138 ?0013 ?8000/).first()).toBeVisible()
      await expect(page.region.getByRole('button', { name: '编辑', exact: true })).toBeDisabled()
      await page.region.goto('/records/customer')
      await expect(page.region.getByRole('link', { name: `意向客户 ${stamp}` })).toBeVisible()
      await expect(page.region.getByRole('link', { name: `近邻 ${stamp}` })).toHaveCount(0)
      await opens(page.clerk, 'ticket', ticket, `漏水 ${stamp}`)
      await expect(page.clerk.getByText('换了阀门').first()).toBeVisible()
      expect(await status(page.clerk, 'customer', beauty)).toBe(404)
    })
  } finally {
    await expect(async () => {
      const begun = await admin.request.post('/api/v1/policy/drafts', { data: { name: `试行结束 ${stamp}` } })
      const off = ((await begun.json()) as Draft).id
      await edits(admin, off, (document) => ({ ...document, rules: document.rules.filter((rule) => !mine.has(rule.id)) }))
      const published = await admin.request.post(`/api/v1/policy/drafts/${off}/publish`, { data: { note: `试行结束 ${stamp}` } })
      const confirmed = await boss.request.post(`/api/v1/policy/drafts/${off}/confirm`)
      expect([published.status(), confirmed.status()]).toEqual([200, 200])
    }).toPass({ timeout: 120_000 })
  }
  // Off again, everybody is where they were.
  await opens(page.seller, 'customer', bought, `成交客户 ${stamp}`)
  await expect(page.seller.locator('.record-fields').getByText(/98,765/).first()).toBeVisible()
  expect(await status(page.clerk, 'customer', renewing)).toBe(404)
  expect(await status(page.region, 'customer', intent)).toBe(404)
})
