import type { Page } from '@playwright/test'
import { expect, inChina, test } from './days'
import { expectAccessible, find } from './stage'

// What lives by the calendar, as people meet it on their screens while days pass. The company is the chain of
// eight stores; records, pools and rules are the stories' own. They are told one after the other, since time
// goes forward only: the first ends with 双十一, the last takes more than half a year.

const phone = { width: 390, height: 844 }
const number = '13800138000'
const missing = '没有找到这个页面'

async function post(page: Page, path: string, data: object) {
  const made = await page.request.post(`/api/v1/${path}`, { data })
  expect(made.status(), await made.text()).toBe(201)
  return (await made.json()) as { id: string; version: number }
}

const record = async (page: Page, kind: string, fields: object) => (await post(page, `records/${kind}`, { fields })).id

/** Whom the boss finds by their name. */
async function person(boss: Page, name: string) {
  const { items } = await find(boss, 'person', { filter: `r.name == '${name}'` })
  expect(items).toHaveLength(1)
  return items[0]?.id ?? ''
}

async function unit(boss: Page, name: string) {
  const { items } = (await (await boss.request.get('/api/v1/org/units')).json()) as { items: { id: string; name: string }[] }
  return items.find((one) => one.name === name)?.id ?? ''
}

/** Puts rules in force: an administrator drafts them, the boss confirms what is sensitive. */
async function publishes(admin: Page, boss: Page, rules: object[]) {
  const made = await admin.request.post('/api/v1/policy/drafts', { data: { name: '试行' } })
  const { id, document } = (await made.json()) as { id: string; document: { rules?: object[] } }
  const path = `/api/v1/policy/drafts/${id}`
  const written = await admin.request.patch(path, { headers: { 'If-Match': '"1"' }, data: { document: { ...document, rules: [...(document.rules ?? []), ...rules] } } })
  expect(written.status(), await written.text()).toBe(200)
  const published = await admin.request.post(`${path}/publish`, { data: { note: '试行' } })
  expect(published.status(), await published.text()).toBe(200)
  if (((await published.json()) as { published?: number }).published) return
  const confirmed = await boss.request.post(`${path}/confirm`)
  expect(confirmed.status(), await confirmed.text()).toBe(200)
}

/** The rules of a template, as the studio takes them. */
async function template(boss: Page, id: string) {
  const { items } = (await (await boss.request.get('/api/v1/policy/templates')).json()) as { items: { id: string; rules: { rule: object; scene: { zh: string } }[] }[] }
  const found = items.find((one) => one.id === id)?.rules.map((one) => ({ ...one.rule, scene: one.scene.zh }))
  return found?.map((one, n) => ({ ...one, id: `${id}-${n}` })) ?? Promise.reject(new Error(`there is no template ${id}`))
}

async function opens(page: Page, kind: string, id: string, heading: string | RegExp) {
  await page.goto(`/records/${kind}/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

/** What somebody is told, in the panel of notices. */
async function told(page: Page) {
  await page.goto('/requests')
  await page.getByRole('button', { name: /^通知/ }).first().click()
  return page.getByRole('dialog', { name: '通知' }).locator('.notice')
}

test('双十一: while it runs the heads of regions read all stores, and from its last midnight on no more', async ({ as, clock }) => {
  const boss = await as('zhoumy')
  const name = '前海样板间'
  const id = await record(boss, 'customer', { name, owner: await person(boss, '郑晓岚'), unit: await unit(boss, '深圳湾店'), phone: number })
  const company = await unit(boss, '关雎生活')
  const dates = { from: inChina('2026-11-09 00:00').toISOString(), until: inChina('2026-11-12 00:00').toISOString() }
  const who = { any: [{ position: 'region_manager' }] }
  const where = { path: 'units', units: [company], below: true }
  await publishes(await as('sunh'), boss, (await template(boss, 'campaign')).map((one) => ({ ...one, ...dates, who, where })))
  const before = await as('heq')
  await opens(before, 'customer', id, missing)

  await clock.until(inChina('2026-11-09 09:00'))
  const head = await as('heq')
  await opens(head, 'customer', id, name)
  await expect(head.getByText(number)).toHaveCount(0) // general and money, no contact details
  await head.goto('/access')
  await head.locator('.access-kind').getByRole('button', { name: /^客户/ }).click()
  const way = head.locator('.access-ways > li', { hasText: '活动期间统一调度' })
  await expect(way).toContainText('至 2026/11/12 00:00')
  await expect(way).toContainText('2天后到期')

  await clock.until(inChina('2026-11-11 23:59'))
  const last = await as('heq')
  await opens(last, 'customer', id, name)
  await clock.until(inChina('2026-11-12 00:00'))
  await last.reload()
  await expect(last.getByRole('heading', { level: 1, name: missing })).toBeVisible()
  await last.goto('/access')
  await last.locator('.access-kind').getByRole('button', { name: /^客户/ }).click()
  const ways = last.locator('.access-ways > li')
  await expect(ways.first()).toBeVisible()
  await expect(ways.filter({ hasText: '活动期间统一调度' })).toHaveCount(0)
})

test('a customer to whom nobody talks comes back into the pool, its owner warned first; who lost it waits, and a day has its limit', async ({ as, clock }) => {
  await clock.until(inChina('2026-11-12 09:00'))
  const boss = await as('zhoumy')
  const city = '惠州'
  const pool = '惠州公海'
  const made = await post(boss, 'org/pools', { name: pool, open: [{ unit: await unit(boss, '华南区'), below: true }] })
  const set = await boss.request.put(`/api/v1/org/pools/${made.id}/settings`, {
    headers: { 'If-Match': `"${made.version}"` },
    data: {
      takes: { op: 'eq', field: 'city', value: { text: city } },
      claims_per_day: 1,
      cool_down_days: 5,
      recycle: { idle_days: 10, warn_days: 3 },
    },
  })
  expect(set.status(), await set.text()).toBe(200)
  const owner = await person(boss, '郑晓岚')
  const idle = await record(boss, 'customer', { name: '没人联系的客户', city, phone: number, owner })
  const broken = await record(boss, 'customer', { name: '工单没解决的客户', city, phone: number, owner })
  const running = await record(boss, 'customer', { name: '合同在履行的客户', city, phone: number, owner })
  await record(boss, 'ticket', { customer: broken, subject: '沙发开线' })
  await record(boss, 'contract', { customer: running, number: 'HZ-001', stage: 'performing' })
  const lying = [await record(boss, 'customer', { name: '展会名片一', city, pool: made.id }), await record(boss, 'customer', { name: '展会名片二', city, pool: made.id })]

  await clock.passes({ days: 7 })
  const warned = await as('zhengxl')
  const notices = await told(warned)
  await expect(notices.filter({ hasText: '没有新的跟进或成交' })).toHaveCount(1)
  await notices.filter({ hasText: `“没人联系的客户”没有新的跟进或成交，2026/11/22 09:00 起将回到公海“${pool}”` }).click()
  await expect(warned.getByRole('heading', { level: 1, name: '没人联系的客户' })).toBeVisible()
  await expect(warned.getByText(number).first()).toBeVisible()

  await clock.passes({ days: 3 })
  const former = await as('zhengxl')
  await (await told(former)).filter({ hasText: `“没人联系的客户”长期没有跟进，已回到公海“${pool}”` }).click()
  await expect(former.getByText(number)).toHaveCount(0)
  await former.getByRole('button', { name: '领取', exact: true }).click()
  await expect(former.getByText('它刚离开您，冷却期为 5 天：2026/11/27 09:00 起可以再次领取')).toBeVisible()
  for (const [id, name] of [[broken, '工单没解决的客户'], [running, '合同在履行的客户']] as const) {
    await opens(former, 'customer', id, name)
    await expect(former.getByText(number).first()).toBeVisible()
  }
  const colleague = await as('ouyangf')
  const claims = async (page: Page, id: string | undefined) => {
    await page.goto(`/records/customer/${id}`)
    await page.getByRole('button', { name: '领取', exact: true }).click()
  }
  await claims(colleague, lying[0])
  await expect(colleague.getByText('已领取“展会名片一”，现在由您负责')).toBeVisible()
  await claims(colleague, lying[1])
  await expect(colleague.getByText('今天从这个公海领取的已到上限（每天 1 条），明天再来。')).toBeVisible()

  await clock.passes({ days: 1 })
  const nextDay = await as('ouyangf')
  await nextDay.goto('/pools')
  await expect(nextDay.getByRole('article').filter({ hasText: pool })).toContainText('今天还可领取1（每天 1）')
  await claims(nextDay, lying[1])
  await expect(nextDay.getByText('已领取“展会名片二”，现在由您负责')).toBeVisible()

  await clock.passes({ days: 4 })
  const again = await as('zhengxl', { viewport: phone })
  await again.goto(`/records/customer/${idle}`)
  await again.locator('.thumbbar').getByRole('button', { name: '领取', exact: true }).click()
  await expect(again.getByText('已领取“没人联系的客户”，现在由您负责')).toBeVisible()
  await expect(again.locator('.thumbbar').getByRole('button', { name: '写跟进' })).toBeVisible()
})

test('what was lent for two hours is over with its instant, on the page that is open and on a fresh one', async ({ as, clock }) => {
  await clock.until(inChina('2026-11-27 09:00'))
  const [boss, giver] = [await as('zhoumy'), await as('zhengxl')]
  const name = '休假代班的客户'
  const id = await record(giver, 'customer', { name, phone: number })
  const purpose = '上午代为接待'
  await post(giver, 'grants', {
    receiver: await person(boss, '顾歆'),
    kind: 'customer',
    records: [id],
    actions: ['read'],
    fields: [{ class: 'general', level: 'plain' }, { class: 'contact', level: 'plain' }],
    until: new Date(clock.now().getTime() + 2 * 3600_000).toISOString(),
    purpose,
  })
  const [open, fresh] = [await as('gux'), await as('gux', { viewport: phone })]
  await opens(open, 'customer', id, name)
  await fresh.goto('/access')
  const card = fresh.locator('.grant-card', { hasText: purpose })
  await expect(card).toContainText('生效中')
  await expect(card).toContainText('2026/11/27 09:00 – 2026/11/27 11:00')
  await expect(card).toContainText(/[12]小时后到期/)
  await clock.passes({ hours: 1, minutes: 59 })
  await open.reload()
  await expect(open.getByText(number).first()).toBeVisible()

  await clock.passes({ minutes: 1 })
  await open.getByRole('tab', { name: '协作人' }).click()
  await expect(open.getByText(number)).toHaveCount(0)
  await expect(open.getByRole('heading', { level: 1, name: missing })).toBeVisible()
  await opens(fresh, 'customer', id, missing)
  await fresh.goto('/access')
  await expect(fresh.getByText('没有生效中的临时授权')).toBeVisible()
  await expect(card).toHaveCount(0)
  await fresh.goto('/grants?of=received')
  await expect(card).toContainText('已到期')
  await expect(card.getByRole('button')).toHaveCount(0)
})

test('a sandbox ends with its day: its members lose what lay in it, and its statement says who saw and changed what', async ({ as, clock }) => {
  const [boss, sponsor] = [await as('zhoumy'), await as('huangjg')]
  const title = '酒店联合投标'
  const name = '投标的酒店'
  const customer = await record(sponsor, 'customer', { name, city: '深圳', phone: number })
  const until = new Date(clock.now().getTime() + 33 * 3600_000)
  const box = await post(sponsor, 'sandboxes', {
    title,
    purpose: '三个部门一起准备标书',
    until: until.toISOString(),
    members: [
      { person: await person(boss, '罗艳'), mode: 'edit' },
      { person: await person(boss, '沈雨莹'), mode: 'view' },
    ],
    shares: [{ kind: 'customer', records: [customer], actions: ['read', 'edit'], fields: [{ class: 'general', level: 'plain', edit: true }] }],
  })
  const service = await as('luoy')
  await opens(service, 'customer', customer, name)
  await service.getByRole('button', { name: '修改城市' }).click()
  await service.locator('#field-city').fill('珠海')
  await service.keyboard.press('Enter')
  await expect(service.getByText('已修改城市')).toBeVisible()
  await opens(await as('shenyy', { viewport: phone }), 'customer', customer, name)

  await clock.until(new Date(until.getTime() - 60_000))
  const view = await as('shenyy', { viewport: phone })
  const ends = (await told(view)).filter({ hasText: `沙箱“${title}”将于` })
  await expect(ends).toHaveCount(1)
  await ends.click()
  await view.getByRole('link', { name }).click()
  await expect(view.getByRole('heading', { level: 1, name })).toBeVisible()
  await clock.until(until)
  await view.reload()
  await expect(view.getByRole('heading', { level: 1, name: missing })).toBeVisible()
  await view.goto(`/sandboxes/${box.id}`)
  await expect(view.locator('.box-head')).toContainText('已结束')
  await expect(view.getByText(name)).toHaveCount(0)

  const statement = async (viewport?: typeof phone) => {
    const page = await as('huangjg', { viewport })
    await page.goto(`/sandboxes/${box.id}`)
    await page.getByRole('button', { name: '使用清单' }).click()
    await expect(page.getByRole('button', { name: '结束', exact: true })).toHaveCount(0)
    const of = (who: string) => page.locator('.box-part', { hasText: who })
    await expect(of('罗艳')).toContainText('打开 1 条 · 修改 1 条')
    await expect(of('沈雨莹')).toContainText('打开 1 条')
    await expect(of('沈雨莹')).not.toContainText('修改 1 条')
    await expectAccessible(page)
    return { page, of }
  }
  const desk = await statement()
  await expect(desk.of('罗艳').getByRole('row', { name })).toContainText('城市')
  const held = await statement(phone)
  await expect(held.of('罗艳')).toContainText(/打开 1 次 · 修改 1 次（城市） · 最近一次/)
  expect(await held.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})

test('what was opened in an emergency closes by itself; its review falls due, is late, comes to the next head and has its verdict', async ({ as, clock }) => {
  await clock.until(inChina('2026-11-30 09:00'))
  const seller = await as('zhengxl')
  const name = '漏水的客户'
  const id = await record(seller, 'customer', { name, phone: number })
  const agent = await as('pengj')
  await agent.goto(`/records/customer/${id}`)
  await agent.getByRole('button', { name: '紧急查看' }).click()
  const dialog = agent.getByRole('dialog', { name: '紧急查看' })
  await dialog.getByLabel('为什么现在必须看（必填）').fill('楼上漏水，负责人联系不上')
  await dialog.getByLabel('打开多久').selectOption({ label: '5 分钟' })
  await dialog.getByRole('button', { name: '紧急打开' }).click()
  await expect(agent.getByText(number).first()).toBeVisible()
  await expect(agent.getByRole('region', { name: '应急访问中' })).toContainText(/剩 [45]:\d\d/)
  await clock.passes({ minutes: 5 })
  // Nobody touches the page.
  await expect(agent.getByText(number)).toHaveCount(0)
  await expect(agent.getByRole('region', { name: '应急访问中' })).toHaveCount(0)
  await expect(agent.getByRole('button', { name: '紧急查看' })).toBeVisible()

  await clock.passes({ hours: 24 })
  const head = await as('luoy')
  await expect((await told(head)).filter({ hasText: '客户的应急访问还没有复核，已超时' })).toHaveCount(1)
  await head.goto('/emergencies?tab="review"')
  await head.getByRole('button', { name: /彭洁打开一条客户/ }).click()
  await expect(head.getByText('复核超时').first()).toBeVisible()
  await expect(head.getByText('（2026/12/02 09:00 起上一级也可复核）')).toBeVisible()
  const nobody = await as('zhoumy')
  await nobody.goto('/emergencies?tab="review"')
  await expect(nobody.getByText('没有等您复核的应急访问')).toBeVisible()

  await clock.passes({ hours: 24 })
  const next = await as('zhoumy', { viewport: phone })
  await (await told(next)).filter({ hasText: '客户的应急访问还没有复核，已超时' }).click()
  await expect(next.getByText('罗艳、周明远')).toBeVisible()
  await expect(next.getByRole('region', { name: '期间看过什么' })).toContainText(`打开 客户 ${name}`)
  const form = next.getByRole('form', { name: '复核结论' })
  await form.getByLabel('合理', { exact: true }).check()
  await form.getByLabel('复核意见（必填）').fill('确有险情，下次先打值班电话')
  await form.getByRole('button', { name: '提交复核' }).click()
  await expect(next.getByText(/^周明远于 2026\/12\/02 09:05 复核：合理/)).toBeVisible()
  await expectAccessible(next)

  const reviewed = await as('pengj')
  await (await told(reviewed)).filter({ hasText: '周明远复核了您的应急访问：合理' }).click()
  await expect(reviewed.getByText('确有险情，下次先打值班电话')).toBeVisible()
  const owner = await as('zhengxl')
  await opens(owner, 'customer', id, name)
  await expect(owner.locator('.timeline')).toContainText(/周明远\s*复核了彭洁的应急访问：合理/)
})

test('a request that nobody decides is brought to mind, comes before the next head and expires; a stand-in decides the next one', async ({ as, clock }) => {
  await clock.until(inChina('2026-12-07 09:00'))
  const name = '活动报名的客户'
  const id = await record(await as('zhengxl'), 'customer', { name, phone: number })
  const asks = async (purpose: string) => {
    const asker = await as('tangx')
    return (await post(asker, 'requests', { type: 'access', purpose, access: { kind: 'customer', record: id, fields: ['phone'], hours: 2 } })).id
  }
  const first = await asks('回访报名的人')
  const what = `查看“${name}”的电话`

  await clock.passes({ days: 1 })
  const head = await as('liangwb', { viewport: phone })
  await (await told(head)).filter({ hasText: '查看客户的申请已到时限，等您审批' }).click()
  await expect(head.getByRole('heading', { level: 1, name: what })).toBeVisible()
  await expect(head.locator('.request-facts')).toContainText('已超时')
  await expect(head.getByText('2026/12/09 09:00 起申请人的上级也可处理')).toBeVisible()

  await clock.passes({ days: 1 })
  const above = await as('hezy')
  await (await told(above)).filter({ hasText: '查看客户的申请已超时，请尽快审批' }).click()
  const steps = above.getByRole('region', { name: '审批流程' })
  await expect(steps).toContainText('等待 梁文博、何知远（逾期上报）（任一人）')
  await expect(above.getByRole('button', { name: '同意', exact: true })).toBeVisible()

  await clock.passes({ days: 1 })
  const late = await as('hezy')
  await late.goto('/requests?scope="waiting"')
  await expect(late.getByText('没有等待您审批的申请')).toBeVisible()
  const asker = await as('tangx')
  await (await told(asker)).filter({ hasText: '查看客户的申请' }).first().click()
  await expect(asker.getByText('没有人在 2026/12/10 09:00 前处理，申请已过期。可以重新申请。')).toBeVisible()
  await expectAccessible(asker)
  expect(new URL(asker.url()).searchParams.get('id')).toContain(first)

  // The head is away today, and says who stands in.
  const away = await as('liangwb')
  await away.goto('/account')
  const form = away.getByRole('form', { name: '外出与代理审批' })
  await form.getByRole('combobox', { name: '代理人' }).fill('叶璇')
  await form.getByRole('option').first().click()
  await form.getByLabel('到（含当天）').fill(clock.date(0))
  await form.getByRole('button', { name: '设置代理' }).click()
  await expect(away.getByText(/^由叶璇.*代理审批$/)).toBeVisible()
  await asks('再次回访')
  const standIn = await as('yex', { viewport: phone })
  await standIn.goto('/requests')
  await standIn.getByRole('button', { name: /再次回访/ }).click()
  await expect(standIn.getByText('叶璇（代梁文博）').first()).toBeVisible()
  await standIn.getByRole('button', { name: '同意', exact: true }).click()
  await expect(standIn.getByText('已由梁文博授予，2026/12/10 11:00 自动收回。')).toBeVisible()
  await opens(asker, 'customer', id, name)
  await expect(asker.getByText(number).first()).toBeVisible()
  await clock.passes({ hours: 2 })
  await asker.reload()
  await expect(asker.getByRole('button', { name: /^电话已打码/ }).first()).toBeVisible()
  await expect(asker.getByText(number)).toHaveCount(0)

  // Back the next day, the head decides alone.
  await clock.until(inChina('2026-12-11 09:00'))
  await asks('第三次回访')
  const back = await as('liangwb')
  await back.goto('/account')
  await expect(back.getByRole('form', { name: '外出与代理审批' })).toBeVisible()
  await back.goto('/requests')
  await expect(back.getByRole('button', { name: /第三次回访/ })).toBeVisible()
  const noMore = await as('yex')
  await noMore.goto('/requests?scope="waiting"')
  await expect(noMore.getByText('没有等待您审批的申请')).toBeVisible()
})

test('of a new customer a colleague reads the basics for three months, and before a renewal all that was said', async ({ as, clock }) => {
  const boss = await as('zhoumy')
  const who = { any: [{ person: await person(boss, '马丁·江') }] }
  const basics = {
    id: 'same-store',
    effect: 'permit',
    kind: 'customer',
    actions: ['read'],
    where: { path: 'unit' },
    fields: [{ class: 'general', level: 'plain' }, { class: 'contact', level: 'masked' }],
    scene: '同店同事互相补位',
  }
  const taken = [...(await template(boss, 'first_months')), ...(await template(boss, 'renewal'))]
  await publishes(await as('sunh'), boss, [basics, ...taken].map((one) => ({ ...one, who })))
  const seller = await as('liuzq')
  const name = '新来的客户'
  const id = await record(seller, 'customer', { name, phone: number, remark: '喜欢浅色布艺' })
  await record(seller, 'contract', { customer: id, number: 'FT-2027', stage: 'performing', ends_on: clock.date(200) })
  await record(seller, 'activity', { customer: id, subject: '谈续约', content: '想换整套沙发', type: 'visit', happened_at: clock.now().toISOString() })

  const masked = (page: Page) => page.getByRole('button', { name: /^电话已打码/ })
  const looks = async (days: number, contact: boolean, said: boolean) => {
    await clock.passes({ days })
    const page = await as('madj')
    await opens(page, 'customer', id, name)
    await expect(page.locator('.timeline')).toBeVisible()
    await expect(masked(page)).toHaveCount(contact ? 1 : 0)
    await expect(page.locator('.record-fields').getByText('喜欢浅色布艺')).toHaveCount(said ? 1 : 0)
    await expect(page.locator('.timeline').getByText('谈续约')).toHaveCount(said ? 1 : 0)
    return page
  }
  await looks(89, false, false)
  await looks(2, true, false) // day 91
  const renewal = await looks(20, false, true) // day 111 of 200: 90 before the end; the telephone is plain
  await expect(renewal.getByText(number).first()).toBeVisible()
  await looks(91, true, false)
})
