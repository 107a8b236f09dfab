import type { Page } from '@playwright/test'
import { again, expect, expectAccessible, signIn, test } from './stage'

// Customers that come back into a pool, as their owners and those who run it meet them. Nobody's days pass
// here: what comes back is a leaver's, at once, and what a head puts back.

const stamp = Date.now()
const city = `回收城${stamp}`
const pool = { name: `回收城公海 ${stamp}`, id: '' }
const website = 'https://c4n4ry.example.cn'
const secret = 'recycled-people-come-back'
const login = `rc${stamp.toString(36)}`
const names = { free: `没有牵挂 ${stamp}`, contract: `合同在履行 ${stamp}`, ticket: `工单未解决 ${stamp}` }
const ids: Record<keyof typeof names, string> = { free: '', contract: '', ticket: '' }
let leaver = ''

async function make(page: Page, path: string, data: object) {
  const answer = await page.request.post(`/api/v1${path}`, { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

/** What the server has of a record. */
const read = async (page: Page, kind: string, id: string) =>
  (await (await page.request.get(`/api/v1/records/${kind}/${id}`)).json()) as { version: number; fields: Record<string, unknown> }

const stageOf = async (admin: Page, stage: string) => {
  const { version } = await read(admin, 'person', leaver)
  const changed = await admin.request.patch(`/api/v1/records/person/${leaver}`, { headers: { 'If-Match': `"${version}"` }, data: { fields: { stage } } })
  expect(changed.status(), await changed.text()).toBe(200)
}

const idOf = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id

test.describe.configure({ mode: 'serial' })

test('a pool is set up by its condition and its rules, and says so', async ({ as }) => {
  const page = await as('stephanie0')
  await page.goto('/policy/pools?pool=%22new%22')
  const form = page.getByRole('form', { name: '公海的设置' })
  await form.getByRole('textbox', { name: '名称' }).fill(pool.name)
  await form.getByRole('combobox', { name: '添加部门' }).fill('Pacific')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: '添加条件', exact: true }).click()
  await form.getByLabel('字段', { exact: true }).selectOption('city')
  await form.getByLabel('城市的值').fill(city)
  await form.getByLabel('手中最多持有').fill('1')
  await form.getByLabel('原负责人的冷却期').fill('3')
  await form.getByLabel('单独设置一个字段…').selectOption('website')
  await form.getByRole('checkbox', { name: /每天检查/ }).check()

  const sentence = form.locator('.settings-sentence')
  await expect(sentence).toContainText(city) // the server has read the condition

  // A warning that would come before the days began is told at once, and nothing is made.
  await form.getByLabel('提前提醒').fill('30')
  await form.getByRole('button', { name: '创建' }).click()
  await expect(form.getByRole('alert')).toContainText('提醒的天数要少于回收的天数')
  await form.getByLabel('提前提醒').fill('7')
  await form.getByLabel('没有成交满').fill('90')
  for (const part of ['向Pacific及下级开放。', city, '手中最多 1 条', '失去后 3 天内不能再次领取', '领取前不显示网站。', '30 天没有跟进、90 天没有成交、负责人已离职的客户自动回到这里', '回收前 7 天提醒负责人。'])
    await expect(sentence).toContainText(part)
  await expectAccessible(page)
  await form.getByRole('button', { name: '创建' }).click()
  await expect(page.getByText(`“${pool.name}”已保存，立即生效`)).toBeVisible()
  pool.id = new URL(page.url()).searchParams.get('pool')?.replaceAll('"', '') ?? ''
  const kept = (await (await page.request.get(`/api/v1/org/pools/${pool.id}`)).json()) as { settings: object }
  expect(kept.settings).toMatchObject({ claims_held: 1, cool_down_days: 3, recycle: { idle_days: 30, deal_days: 90, warn_days: 7, leavers: true }, hidden: [{ field: 'website', level: 'hidden' }] })

  // Opened again, the form has what was set.
  await page.reload()
  await expect(sentence).toContainText(city)
  await expect(form.getByLabel('没有成交满')).toHaveValue('90')

  // A customer of another city does not go in.
  const strange = await (await as('ken0')).request.post('/api/v1/records/customer', { data: { fields: { name: `别处 ${stamp}`, city: '北京', pool: pool.id } } })
  expect(strange.status()).toBe(409)
  expect(await strange.json()).toMatchObject({ code: 'pool_takes_not' })
})

test('who leaves loses what nothing protects; the run says how many came and how many stay', async ({ as }) => {
  const admin = await as('stephanie0')
  const boss = await as('ken0')
  const { items } = (await (await admin.request.get('/api/v1/org/units')).json()) as { items: { id: string; name: string }[] }
  const unit = items.find((one) => one.name === 'Pacific')?.id
  leaver = await make(admin, '/records/person', { fields: { name: `要走的人 ${stamp}`, login, unit } })
  await make(admin, '/org/appointments', { person: leaver, unit, position: 'sales_representative' })
  expect((await admin.request.put(`/api/v1/org/people/${leaver}/password`, { data: { password: secret } })).status()).toBe(204)
  for (const key of ['free', 'contract', 'ticket'] as const) ids[key] = await make(boss, '/records/customer', { fields: { name: names[key], city, website, owner: leaver } })
  await make(boss, '/records/contract', { fields: { customer: ids.contract, number: `HT-${stamp}`, stage: 'performing' } })
  await make(boss, '/records/ticket', { fields: { customer: ids.ticket, subject: '机器坏了' } })
  await stageOf(admin, 'left')

  await admin.goto(`/policy/pools?pool=${pool.id}`)
  const runs = admin.getByRole('region', { name: '回收记录' })
  await again((timeout) => runs.getByRole('button', { name: '立即回收' }).click({ timeout })) // its daily run may just be under way
  await expect(runs.getByRole('listitem').first()).toContainText(/完成由Stephanie/)
  await expect(runs.getByRole('listitem').first()).toContainText('收回 1，提醒 0，受保护 2')
  await expectAccessible(admin)
  expect((await read(boss, 'customer', ids.free)).fields).toMatchObject({ owner: null, pool: pool.id })
  for (const id of [ids.contract, ids.ticket]) expect((await read(boss, 'customer', id)).fields).toMatchObject({ owner: leaver, pool: null })
})

test('who comes back finds the customer in the pool, closed, and the protected ones as they were', async ({ as, nobody }) => {
  await stageOf(await as('stephanie0'), 'active')
  const page = await nobody()
  await signIn(page, login, secret)
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto(`/records/customer/${ids.contract}`)
  const fields = page.locator('.record-fields')
  await expect(fields.getByText(website)).toBeVisible()
  await page.goto(`/records/customer/${ids.free}`)
  await expect(fields.getByText('领取后可见').first()).toBeVisible()
  await expect(page.getByText(website)).toHaveCount(0)
  await expect(page.locator('.timeline')).toContainText('它的负责人离职，它回到了公海')
  await expect(page.getByRole('button', { name: '退回', exact: true })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: '领取', exact: true }).click()
  await expect(page.getByText(/它刚离开您，冷却期为 3 天：.+起可以再次领取/)).toBeVisible()
  await expect(page.getByText(website)).toHaveCount(0)
})

test('a colleague claims it, and has as many of the pool as one person may', async ({ as }) => {
  const boss = await as('ken0')
  const another = await make(boss, '/records/customer', { fields: { name: `再来一个 ${stamp}`, city, website, pool: pool.id } })
  const seller = await as('lynn0', { lang: 'en' })
  await seller.goto('/pools')
  const card = seller.getByRole('article').filter({ hasText: pool.name })
  await expect(card).toContainText('Held from here0 of 1')
  await seller.goto(`/records/customer/${ids.free}`)
  await expect(seller.locator('.timeline')).toContainText('It came back into a pool because its owner had left')
  await seller.getByRole('button', { name: 'Claim', exact: true }).click()
  await expect(seller.locator('.record-fields').getByText(website)).toBeVisible()
  await seller.goto(`/records/customer/${another}`)
  await seller.getByRole('button', { name: 'Claim', exact: true }).click()
  await expect(seller.getByText('You have as many of this pool as one person may have (1). Release some first.')).toBeVisible()
  await expect(seller.getByText(website)).toHaveCount(0)
  await seller.goto('/pools')
  await expect(card).toContainText('Held from here1 of 1')
  await expectAccessible(seller)

  // The auditor reads that it came back, by the program, and why.
  const auditor = await as('zainal0')
  await auditor.goto(`/audit?${new URLSearchParams({ kind: 'customer', record: JSON.stringify(ids.free) })}`)
  const entry = auditor.getByRole('row').filter({ hasText: '回收到公海' })
  await expect(entry).toHaveCount(1)
  await expect(entry).toContainText('负责人已离职')
})

test('on the phone a seller is told that the head put a customer back, and finds it closed', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('lynn0', { viewport: { width: 390, height: 844 }, theme: 'dark' })
  const name = `放回去的 ${stamp}`
  const id = await make(boss, '/records/customer', { fields: { name, city, website, owner: await idOf(seller) } })
  const head = await as('syed0', { viewport: { width: 390, height: 844 } })
  await head.goto(`/records/customer/${id}`)
  await head.locator('.thumbbar').getByRole('button', { name: '退回', exact: true }).click()
  const dialog = head.getByRole('dialog', { name: `把“${name}”退回公海？` })
  await dialog.getByLabel('退回原因').fill('三个月没有进展')
  // Where there is but one pool nobody is asked into which.
  const { items } = (await (await head.request.get('/api/v1/pools')).json()) as { items: unknown[] }
  if (items.length > 1) await dialog.getByLabel('退回到').selectOption({ label: pool.name })
  await expectAccessible(head)
  await dialog.getByRole('button', { name: '退回', exact: true }).click()
  await expect(head.getByText(`已把“${name}”退回公海`)).toBeVisible()

  await seller.goto('/pools')
  await seller.getByRole('banner').getByRole('button', { name: /^通知/ }).click()
  const notice = seller.getByRole('dialog', { name: '通知' }).getByRole('link', { name: new RegExp(name) })
  await expect(notice).toContainText(`把您的客户“${name}”退回公海“${pool.name}”`)
  await notice.click()
  await expect(seller.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(seller.getByText('领取后可见').first()).toBeVisible()
  await expect(seller.getByText(website)).toHaveCount(0)
  await expectAccessible(seller)
})
