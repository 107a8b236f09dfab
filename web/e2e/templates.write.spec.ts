import type { APIRequestContext, Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'

// Templates as those see them for whom they are switched on: marketing and the remarks of sales, the
// feedback of stores, customers near a store, and new customers of which only the basics show. Each rule
// is the product's own, for one person who works elsewhere and sees no customers otherwise; the unit, the
// customers and the tickets are the story's own, and the rules go with it.

const stamp = Date.now().toString(36)

interface Rule {
  where: { path: string }
}

async function post(api: APIRequestContext, path: string, data: object) {
  const made = await api.post(`/api/v1/${path}`, { data })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

const record = (api: APIRequestContext, kind: string, fields: object) => post(api, `records/${kind}`, { fields })

const me = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id

/** The page of a record, by its title. */
async function opens(page: Page, kind: string, id: string, title: string) {
  await page.goto(`/records/${kind}/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

/** What somebody reads they do not write. */
async function changesNot(page: Page, kind: string, id: string, fields: object) {
  const { version } = (await (await page.request.get(`/api/v1/records/${kind}/${id}`)).json()) as { version: number }
  const refused = await page.request.patch(`/api/v1/records/${kind}/${id}`, { data: { fields }, headers: { 'If-Match': `"${version}"` } })
  expect(refused.status()).toBe(403)
}

test('templates show those whom they name what they promise, and no more', async ({ as }) => {
  const boss = await as('ken0')
  const { request: api } = boss
  const units = (await (await api.get('/api/v1/org/units')).json()) as { items: { id: string; name: string }[] }
  const parent = units.items.find((unit) => unit.name === 'Pacific')?.id
  const here = { lat: 22.5431, lng: 114.0579 }
  const store = await post(api, 'org/units', { name: `福田门店 ${stamp}`, type: 'store', parent, place: here })
  const rules: string[] = []
  const offered = (await (await api.get('/api/v1/policy/templates')).json()) as { items: { id: string; rules: { rule: Rule }[] }[] }
  const switchOn = async (template: string, person: Page) => {
    const found = offered.items.find((one) => one.id === template)
    if (!found) throw new Error(`there is no template ${template}`)
    for (const { rule } of found.rules) {
      const id = `story_${stamp}_${rules.length}`
      const where = rule.where.path === 'units' ? { ...rule.where, units: [store] } : rule.where
      const put = await api.put(`/api/v1/policy/rules/${id}`, { data: { ...rule, who: { any: [{ person: await me(person) }] }, where } })
      expect(put.status(), await put.text()).toBe(200)
      rules.push(id)
    }
  }
  const customer = await record(api, 'customer', { name: `茶楼 ${stamp}`, unit: store, phone: '13800138000', remark: '老板爱喝普洱', place: here })
  try {
    await test.step('marketing reads the remarks of sales and changes nothing', async () => {
      const marketing = await as('wanida0')
      const said = await record(api, 'activity', { subject: `回访 ${stamp}`, customer, type: 'visit', content: '想换新菜单', happened_at: new Date().toISOString() })
      await opens(marketing, 'customer', customer, `茶楼 ${stamp}`)
      await expect(marketing.getByText('老板爱喝普洱')).toHaveCount(0)
      await switchOn('sales_remarks', marketing)
      await opens(marketing, 'customer', customer, `茶楼 ${stamp}`)
      await expect(marketing.getByText('老板爱喝普洱').first()).toBeVisible()
      await expect(marketing.getByText('13800138000')).toHaveCount(0)
      await changesNot(marketing, 'customer', customer, { remark: '改' })
      await expectAccessible(marketing)
      await opens(marketing, 'activity', said, `回访 ${stamp}`)
      await expect(marketing.getByText('想换新菜单').first()).toBeVisible()
      await changesNot(marketing, 'activity', said, { content: '改' })
      // For three months the basics of a new customer are all that others see.
      await switchOn('first_months', marketing)
      await opens(marketing, 'customer', customer, `茶楼 ${stamp}`)
      await expect(marketing.getByText('老板爱喝普洱')).toHaveCount(0)
    })
    await test.step('headquarters reads the feedback of a store as it comes', async () => {
      const office = await as('terry0')
      await switchOn('store_feedback', office)
      const ticket = await record(api, 'ticket', { subject: `漏水 ${stamp}`, customer, unit: store, type: 'complaint', stage: 'assigned' })
      await opens(office, 'ticket', ticket, `漏水 ${stamp}`)
      const { version } = (await (await api.get(`/api/v1/records/ticket/${ticket}`)).json()) as { version: number }
      const solved = await api.patch(`/api/v1/records/ticket/${ticket}`, { data: { fields: { solution: '换了阀门' } }, headers: { 'If-Match': `"${version}"` } })
      expect(solved.status(), await solved.text()).toBe(200)
      await office.reload()
      await expect(office.getByText('换了阀门').first()).toBeVisible()
      await changesNot(office, 'ticket', ticket, { solution: '改' })
    })
    await test.step('a store sees the customers within three kilometres', async () => {
      const clerk = await as('annik0', { viewport: { width: 390, height: 844 } })
      await post(api, 'org/appointments', { person: await me(clerk), unit: store, position: 'production_technician' })
      await switchOn('near_store', clerk)
      const near = await record(api, 'customer', { name: `近邻 ${stamp}`, type: 'individual', unit: parent, place: { lat: here.lat + 0.02, lng: here.lng } })
      const far = await record(api, 'customer', { name: `远客 ${stamp}`, type: 'individual', unit: parent, place: { lat: here.lat + 0.04, lng: here.lng } })
      await opens(clerk, 'customer', near, `近邻 ${stamp}`)
      await clerk.goto(`/records/customer?q=${encodeURIComponent(stamp)}`)
      await expect(clerk.locator('.record-card', { hasText: `近邻 ${stamp}` })).toBeVisible()
      await expect(clerk.locator('.record-card', { hasText: `远客 ${stamp}` })).toHaveCount(0)
      expect((await clerk.request.get(`/api/v1/records/customer/${far}`)).status()).toBe(404)
    })
  } finally {
    for (const id of rules) await api.delete(`/api/v1/policy/rules/${id}`)
  }
})
