import type { APIRequestContext, Page } from '@playwright/test'
import { expect, expectAccessible, signIn, test } from './stage'

const secret = 'a password of their own'

interface Told {
  day: string
  groups: { key: string; shown: boolean; count?: number }[]
}

/** Somebody who has the pack of analysts, which a second person confirms, and nothing else. */
async function analyst(admin: Page, boss: APIRequestContext) {
  const login = `g${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`
  const units = (await (await admin.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const made = await admin.request.post('/api/v1/records/person', { data: { fields: { name: '数经纬', login, unit: units.items[0]?.id } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect((await admin.request.put(`/api/v1/org/people/${id}/password`, { data: { password: secret } })).status()).toBe(204)
  await expect(async () => {
    const begun = await admin.request.post('/api/v1/policy/drafts', { data: { name: '经营分析' } })
    const draft = (await begun.json()) as { id: string; document: { assignments: object[] } }
    const path = `/api/v1/policy/drafts/${draft.id}`
    const assignments = [...draft.document.assignments, { pack: 'analyst', who: { person: id } }]
    const said = [
      await admin.request.patch(path, { data: { document: { ...draft.document, assignments } }, headers: { 'If-Match': '"1"' } }),
      await admin.request.post(`${path}/publish`, { data: { note: '经营分析' } }),
      await boss.post(`${path}/confirm`),
    ]
    expect(said.map((one) => one.status()), await said[0]?.text()).toEqual([200, 200, 200])
  }).toPass({ timeout: 120_000 })
  return login
}

test('who has figures alone reads groups as a chart and a table, and finds no row anywhere', async ({ as, nobody }) => {
  const boss = await as('ken0')
  const login = await analyst(await as('stephanie0'), boss.request)
  const [customer] = ((await (await boss.request.get('/api/v1/records/customer?limit=1')).json()) as { items: { id: string; title: string }[] }).items
  if (!customer) throw new Error('there is no customer')

  const page = await nobody()
  await signIn(page, login, secret)
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/statistics?kind=customer&by=type')
  const answer = page.getByRole('region', { name: '统计结果' })
  const table = answer.getByRole('region', { name: '统计表' })
  // The first figures of a day are put together in the background.
  await expect(table.getByRole('row').filter({ hasText: '个人' })).toContainText(/约 [\d,]+/, { timeout: 120_000 })
  await expect(answer.getByRole('img', { name: '统计图，数字见下表' }).locator('canvas')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('combobox', { name: '统计什么' }).selectOption({ index: 1 })
  await expect(answer.getByRole('columnheader', { name: '平均' })).toBeVisible()

  // A group of few is not told of, on the screen as little as to who asks the server itself.
  const told = (await (await page.request.get('/api/v1/statistics/of/customer?group=industry')).json()) as Told
  expect(told.day).not.toBe('')
  const [few] = told.groups.filter((group) => !group.shown)
  expect(few, 'every industry is shown').toBeDefined()
  expect(few?.count).toBeUndefined()
  await page.goto('/statistics?kind=customer&by=industry')
  await expect(table.getByText('少于 10 条或需一并隐去，不显示').first()).toBeVisible()
  expect((await page.request.get('/api/v1/statistics/of/customer?group=name')).status()).toBe(400)

  // No row: not in a list, not by its address, not by a search, not as a file.
  await page.goto('/records/customer')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.grid-row')).toHaveCount(0)
  await page.goto(`/records/customer/${customer.id}`)
  await expect(page.getByText(/没有找到/).first()).toBeVisible()
  await expect(page.getByText(customer.title)).toHaveCount(0)
  const found = await page.request.get(`/api/v1/search?q=${encodeURIComponent(customer.title.slice(0, 6))}`)
  expect(await found.text()).not.toContain(customer.title)
  expect((await page.request.post('/api/v1/exports', { data: { kind: 'customer', purpose: '分析', format: 'csv' } })).status()).toBe(403)

  const phone = await nobody({ viewport: { width: 390, height: 844 }, lang: 'en', theme: 'dark' })
  await phone.context().addCookies((await page.context().cookies()).filter((cookie) => cookie.name.startsWith('guan_session')))
  await phone.goto('/statistics?kind=customer&by=type')
  await expect(phone.getByRole('region', { name: 'Result' }).getByRole('row').filter({ hasText: /about [\d,]+/ }).first()).toBeVisible()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(phone)
})
