import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, withinADay } from './stage'

// Public pools, from their settings to the notice of who is given a customer. The people are those of
// the Pacific: lynn0 sells there, syed0 heads it; the pools and customers are the stories' own.

const stamp = Date.now()
const pool = { name: `太平洋公海 ${stamp}`, id: '' }
const phone = '13800138000'

/** Makes customers that lie in the pool, as the boss. */
async function fill(boss: Page, into: string, names: string[]) {
  const ids: string[] = []
  for (const name of names) {
    const made = await boss.request.post('/api/v1/records/customer', { data: { fields: { name, pool: into, phone, city: '深圳' } } })
    expect(made.status()).toBe(201)
    ids.push(((await made.json()) as { id: string }).id)
  }
  return ids
}

const unitId = async (page: Page, name: string) => {
  const { items } = (await (await page.request.get('/api/v1/org/units')).json()) as { items: { id: string; name: string }[] }
  return items.find((unit) => unit.name === name)?.id ?? ''
}

const personId = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id

/** Makes a pool of the Pacific past the screens. */
async function makePool(admin: Page, name: string, settings: object) {
  const made = await admin.request.post('/api/v1/org/pools', { data: { name, open: [{ unit: await unitId(admin, 'Pacific'), below: true }] } })
  expect(made.status()).toBe(201)
  const { id, version } = (await made.json()) as { id: string; version: number }
  const set = await admin.request.put(`/api/v1/org/pools/${id}/settings`, { headers: { 'If-Match': `"${version}"` }, data: settings })
  expect(set.status()).toBe(200)
  return id
}

test.describe.configure({ mode: 'serial' })

test('an administrator sets up a pool and reads what is set', async ({ as }) => {
  const page = await as('stephanie0')
  await page.goto('/policy/pools?pool=%22new%22')
  const form = page.getByRole('form', { name: '公海的设置' })
  await expect(form.getByText('还没有向任何部门开放')).toBeVisible()
  await form.getByRole('button', { name: '创建' }).click()
  await expect(form.getByRole('alert')).toContainText('请填写名称')
  await form.getByRole('textbox', { name: '名称' }).fill(pool.name)
  await form.getByRole('combobox', { name: '添加部门' }).fill('Pacific')
  await page.keyboard.press('Enter')
  await form.getByLabel('每天最多领取').fill('2')
  await form.getByLabel('原负责人的冷却期').fill('3')
  await form.getByRole('group', { name: '联系方式' }).getByRole('button', { name: '隐藏' }).click()
  await expect(form.locator('.settings-sentence')).toContainText('向Pacific及下级开放。接收所有客户。每人每天最多领取 2 条，失去后 3 天内不能再次领取。领取前不显示联系方式。')
  await expectAccessible(page)
  await form.getByRole('button', { name: '创建' }).click()
  await expect(page.getByText(`“${pool.name}”已保存，立即生效`)).toBeVisible()
  await expect(page.getByText(/人可以领取或分配/)).toBeVisible()
  pool.id = new URL(page.url()).searchParams.get('pool')?.replaceAll('"', '') ?? ''
})

test('a seller claims, is stopped at the limit, gives back; the head assigns, and the receiver is told', async ({ as }) => {
  let inForm: string | undefined = pool.id // as the story before set it up; once more, one like it
  await withinADay(async (mark) => {
    const mine = inForm ? pool.name : `太平洋公海 ${mark}`
    const id = inForm ?? (await makePool(await as('stephanie0'), mine, { claims_per_day: 2, cool_down_days: 3, hidden: [{ class: 'contact', level: 'hidden' }] }))
    inForm = undefined
    const names = ['湖畔', '山前', '海角'].map((name) => `${name} ${mark}`)
    const [first, second, third] = (await fill(await as('ken0'), id, names)) as [string, string, string]
    const seller = await as('lynn0')
    await seller.goto('/pools')
    const card = seller.getByRole('article').filter({ hasText: mine })
    await expect(card).toContainText('今天还可领取2（每天 2）')
    await expect(card).toContainText('3 个客户')
    await expect(card).toContainText('领取前不显示：联系方式')
    await expectAccessible(seller)
    await card.getByRole('link', { name: '查看客户' }).click()

    // From the row, with what hides behind its button.
    await seller.getByRole('button', { name: `“${names[1]}”的操作` }).click()
    await seller.getByRole('button', { name: '领取', exact: true }).click()
    await expect(seller.getByText(`已领取“${names[1]}”，现在由您负责`)).toBeVisible()
    await expect(seller.getByRole('row', { name: new RegExp(names[1] ?? '') })).toHaveCount(0)

    // On the page of the record what was hidden becomes plain.
    await seller.goto(`/records/customer/${first}`)
    const contact = seller.locator('.record-fields')
    await expect(contact.getByText('领取后可见').first()).toBeVisible()
    await expect(contact.getByText(phone)).toHaveCount(0)
    // Nothing is offered that would be refused: who only sees it in the pool writes nothing about it.
    const writes = seller.getByRole('button', { name: '写跟进' }).or(seller.getByRole('radiogroup', { name: '跟进方式' }))
    await expect(writes).toHaveCount(0)
    await expectAccessible(seller)
    await seller.getByRole('button', { name: '领取', exact: true }).click()
    await expect(contact.getByText(phone)).toBeVisible()
    await expect(writes).toBeVisible()
    await expect(seller.getByRole('button', { name: '退回', exact: true })).toBeVisible()

    // The limit, in its number; the page is as it was.
    await seller.goto(`/records/customer/${third}`)
    await seller.getByRole('button', { name: '领取', exact: true }).click()
    await expect(seller.getByText('今天从这个公海领取的已到上限（每天 2 条），明天再来。')).toBeVisible()
    await expect(seller.getByRole('button', { name: '领取', exact: true })).toBeVisible()

    // Given back, with a reason that stands in the timeline; then it cools down.
    await seller.goto(`/records/customer/${second}`)
    await seller.getByRole('button', { name: '退回', exact: true }).click()
    const dialog = seller.getByRole('dialog', { name: `把“${names[1]}”退回公海？` })
    await dialog.getByRole('button', { name: '退回', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('请填写退回原因')
    await dialog.getByLabel('退回原因').fill('多次联系无人接听')
    await expectAccessible(seller)
    await dialog.getByRole('button', { name: '退回', exact: true }).click()
    await expect(seller.getByText(`已把“${names[1]}”退回公海`)).toBeVisible()
    await seller.getByRole('button', { name: '领取', exact: true }).click()
    await expect(seller.getByText(/冷却期为 3 天：.+起可以再次领取/)).toBeVisible()

    // The head gives it to the seller, who is told and goes there.
    const head = await as('syed0')
    await head.goto(`/records/customer/${second}`)
    await expect(head.locator('.timeline')).toContainText('退回原因：多次联系无人接听')
    await head.getByRole('button', { name: '分配', exact: true }).click()
    await head.getByRole('dialog').getByLabel('分配给', { exact: true }).fill('Lynn')
    await head.getByRole('option', { name: /Lynn/ }).first().click()
    await expectAccessible(head)
    await head.getByRole('dialog').getByRole('button', { name: '分配', exact: true }).click()
    await expect(head.getByText(new RegExp(`已把“${names[1]}”分配给Lynn`))).toBeVisible()
    await seller.goto('/pools')
    await seller.getByRole('button', { name: /^通知/ }).click()
    const notice = seller.getByRole('dialog', { name: '通知' }).getByRole('link', { name: new RegExp(names[1] ?? '') })
    await expect(notice).toContainText(`从公海“${mine}”把客户“${names[1]}”分配给您`)
    await notice.click()
    await expect(seller.getByRole('heading', { level: 1, name: names[1] })).toBeVisible()
    await expect(contact.getByText(phone)).toBeVisible()
  })
})

test('several are claimed by one press, and each refusal is told', async ({ as }) => {
  const mine = `批量公海 ${stamp}`
  const id = await makePool(await as('stephanie0'), mine, { claims_per_day: 2 })
  const names = ['甲', '乙', '丙'].map((name) => `${name} ${stamp}`)
  const [first] = (await fill(await as('ken0'), id, names)) as [string]
  const seller = await as('lynn0', { lang: 'en' })
  const list = `/records/customer?${new URLSearchParams({ f: JSON.stringify([['pool', 'eq', id]]), sort: 'name' })}`
  await seller.goto(list)
  await expect(seller.locator('.grid-row')).toHaveCount(3)
  // Meanwhile somebody else is faster with one of them.
  expect((await (await as('ken0')).request.post(`/api/v1/records/customer/${first}/assign`, { data: { person: await personId(await as('syed0')) } })).status()).toBe(200)
  await seller.getByRole('checkbox', { name: 'Select all shown' }).first().check()
  await seller.getByRole('region', { name: 'Actions on chosen records' }).getByRole('button', { name: 'Claim', exact: true }).click()
  const dialog = seller.getByRole('dialog', { name: 'Claim 3 × Customer' })
  const sent = seller.waitForRequest((request) => request.url().endsWith('/records/customer/pool'))
  await dialog.getByRole('button', { name: 'Claim', exact: true }).click()
  expect((await sent).method()).toBe('POST') // one request for all of them
  await expect(dialog.getByRole('status')).toHaveText('Claimed 2, 1 not.')
  await expect(dialog.getByRole('group').filter({ hasText: 'Yours now' })).toContainText(names[1] ?? '')
  await expect(dialog.getByRole('group').filter({ hasText: 'Somebody else was faster' })).toContainText(names[0] ?? '')
  await expectAccessible(seller)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(seller.locator('.grid-row')).toHaveCount(0)
})

test('what needs approval in a pool is asked for by one request, and what was taken meanwhile is named', async ({ as }) => {
  const mine = `审批公海 ${stamp}`
  const boss = await as('ken0')
  const id = await makePool(await as('stephanie0'), mine, { claims_per_day: 2 })
  const names = ['春', '夏', '秋', '冬'].map((name) => `审批${name} ${stamp}`)
  const [first] = (await fill(boss, id, names)) as [string]
  const seller = await as('lynn0')
  const held = await boss.request.put(`/api/v1/policy/rules/e2e-pool-${stamp}`, {
    data: {
      effect: 'forbid',
      kind: 'customer',
      who: { any: [{ person: await personId(seller) }] },
      actions: ['claim'],
      where: { path: 'all' },
      when: { op: 'eq', field: 'pool', value: { ref: id } },
      until: new Date(Date.now() + 600_000).toISOString(),
      duty: { approval: ['@head'] },
      scene: '领取须主管同意',
    },
  })
  expect(held.status(), await held.text()).toBe(200)
  // The pool stands among the seller's, and says that claims are asked for.
  await seller.goto('/pools')
  await expect(seller.getByRole('article').filter({ hasText: mine })).toContainText('领取须审批')
  await expect(seller.getByRole('article').filter({ hasText: mine }).getByText('可领取', { exact: true })).toHaveCount(0)
  await seller.goto(`/records/customer?${new URLSearchParams({ f: JSON.stringify([['pool', 'eq', id]]), sort: 'name' })}`)
  await seller.getByRole('checkbox', { name: '选择当前全部' }).first().check()
  await seller.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '领取', exact: true }).click()
  const dialog = seller.getByRole('dialog', { name: '领取 4 条客户' })
  await expect(dialog).toContainText('4 条须经审批，将合为一个申请提交')
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('alert')).toContainText('请填写用途')
  await dialog.getByLabel('用途（必填）').fill(`展会名单 ${stamp}`)
  await expectAccessible(seller)
  const sent: string[] = []
  seller.on('request', (request) => request.method() === 'POST' && /\/(requests|pool|claim)$/.test(request.url()) && sent.push(request.url()))
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText(/已提交/)
  expect(sent).toHaveLength(1) // one request, and nothing claimed
  await dialog.getByRole('link', { name: '查看申请' }).click()
  await expect(seller.getByRole('heading', { name: '领取多条公海客户' })).toBeVisible()
  await expect(seller.getByText('涉及 4 条记录')).toBeVisible()

  // Somebody else is faster with one of them; the day has room for two.
  const head = await as('syed0', { viewport: { width: 390, height: 844 } })
  expect((await boss.request.post(`/api/v1/records/customer/${first}/assign`, { data: { person: await personId(head) } })).status()).toBe(200)
  await head.goto('/requests')
  await head.getByRole('button', { name: new RegExp(`展会名单 ${stamp}`) }).click()
  const records = head.getByRole('region', { name: '涉及 4 条记录' })
  for (const name of names) await expect(records.getByRole('link', { name })).toBeVisible()
  await expectAccessible(head)
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(head.getByText('已领取 2 条。 2 条没有处理：')).toBeVisible()
  await expect(head.getByRole('group').filter({ hasText: '已被别人领取' })).toContainText(names[0] ?? '')
  await expectAccessible(head)

  await seller.reload()
  await expect(seller.getByRole('group').filter({ hasText: '今天从这个公海领取的已到上限（每天 2 条），明天再来。' })).toBeVisible()
  await expectAccessible(seller)
  await seller.goto('/pools')
  await seller.getByRole('button', { name: /^通知/ }).click()
  const notice = seller.getByRole('dialog', { name: '通知' }).getByRole('link', { name: /您领取公海客户的申请已处理/ }).first()
  await expect(notice).toContainText('2 条现在由您负责，2 条没有处理')
  await expect(notice).toContainText(stamp.toString())
  await notice.click()
  await expect(seller.getByRole('heading', { name: '领取多条公海客户' })).toBeVisible()
})

test('on the phone all of a list is claimed up to the limit, and the head assigns the rest', async ({ as }) => {
  await withinADay(async (mark) => {
    const mine = `整池公海 ${mark}`
    const id = await makePool(await as('stephanie0'), mine, { claims_per_day: 1 })
    await fill(await as('ken0'), id, Array.from({ length: 3 }, (_, i) => `整池${i} ${mark}`))
    const list = `/records/customer?${new URLSearchParams({ f: JSON.stringify([['pool', 'eq', id]]), sort: 'name' })}`
    const seller = await as('lynn0', { viewport: { width: 390, height: 844 } })
    const all = await seller.request.post('/api/v1/records/customer/pool', { data: { action: 'claim', match: { filter: `r.pool == '${id}'`, sort: 'name' } } })
    expect(await all.json()).toMatchObject({ done: 1, rows: [{ done: true }, { code: 'pool_claims_day' }, { code: 'pool_claims_day' }] })
    await seller.goto(list)
    await seller.getByRole('checkbox', { name: `选择“整池1 ${mark}”` }).check()
    await seller.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '领取', exact: true }).click()
    const dialog = seller.getByRole('dialog', { name: '领取 1 条客户' })
    await dialog.getByRole('button', { name: '领取', exact: true }).click()
    await expect(dialog.getByRole('status')).toHaveText('已领取 0 条，1 条没有领取。')
    await expect(dialog.getByRole('group')).toContainText('今天从这个公海领取的已到上限（每天 1 条），明天再来。')
    await expectAccessible(seller)

    const head = await as('syed0')
    await head.goto(list)
    await head.getByRole('checkbox', { name: '选择当前全部' }).first().check()
    await head.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '分配', exact: true }).click()
    const assign = head.getByRole('dialog', { name: '分配 2 条客户' })
    await assign.getByLabel('分配给', { exact: true }).fill('Lynn')
    await head.getByRole('option', { name: /Lynn/ }).first().click()
    await assign.getByRole('button', { name: '分配', exact: true }).click()
    await expect(assign.getByRole('status')).toHaveText('已分配 2 条。')
    await assign.getByRole('button', { name: '关闭' }).click()
    await expect(head.locator('.grid-row')).toHaveCount(0)
  })
})

test('on the phone, at the thumb', async ({ as }) => {
  await withinADay(async (mark) => {
    const mine = `手机公海 ${mark}`
    const id = await makePool(await as('stephanie0'), mine, { claims_per_day: 1, views_per_day: 2 })
    const names = ['一', '二', '三'].map((name) => `手机${name} ${mark}`)
    const ids = await fill(await as('ken0'), id, names)
    const seller = await as('lynn0', { viewport: { width: 390, height: 844 } })
    await seller.goto('/pools')
    await seller.getByRole('article').filter({ hasText: mine }).getByRole('link', { name: '查看客户' }).click()
    await seller.getByRole('button', { name: `“${names[0]}”的操作` }).click()
    await expect(seller.getByRole('dialog').getByRole('button', { name: '领取', exact: true })).toBeVisible()
    await seller.keyboard.press('Escape')
    await seller.goto(`/records/customer/${ids[0]}`)
    await expect(seller.locator('.thumbbar').getByRole('button', { name: '领取', exact: true })).toBeVisible()
    await expect(seller.locator('.thumbbar').getByRole('button', { name: '写跟进' })).toHaveCount(0)
    await expectAccessible(seller)
    await seller.locator('.thumbbar').getByRole('button', { name: '领取', exact: true }).click()
    await expect(seller.locator('.thumbbar').getByRole('button', { name: '退回', exact: true })).toBeVisible()
    await seller.locator('.thumbbar').getByRole('button', { name: '写跟进' }).click()
    await seller.getByRole('dialog', { name: '写跟进' }).getByRole('textbox').first().fill(`约了面谈 ${mark}`)
    await seller.getByRole('dialog', { name: '写跟进' }).getByRole('button', { name: '保存跟进' }).click()
    await expect(seller.getByText('已记录跟进')).toBeVisible()
    await seller.goto(`/records/customer/${ids[1]}`)
    await expect(seller.locator('.thumbbar').getByRole('button', { name: '领取', exact: true })).toBeVisible()
    await seller.goto(`/records/customer/${ids[2]}`)
    await expect(seller.getByText('今天从这个公海打开的已到上限（每天 2 条），明天再来。')).toBeVisible()
  })
})

test('customers are recycled now, and the run stands in the history', async ({ as }) => {
  const page = await as('stephanie0')
  const id = await makePool(page, `回收公海 ${stamp}`, { recycle: { leavers: true } })
  // A pool with a rule is recycled into by itself first.
  const ended = async () => {
    const { items } = (await (await page.request.get(`/api/v1/org/pools/${id}/recyclings`)).json()) as { items: { finished_at?: string }[] }
    return items.length > 0 && items.every((run) => run.finished_at !== undefined)
  }
  await expect.poll(ended).toBe(true)
  await page.goto(`/policy/pools?pool=${id}`)
  const runs = page.getByRole('region', { name: '回收记录' })
  await expect(runs.getByText('每日自动')).toBeVisible()
  await runs.getByRole('button', { name: '立即回收' }).click()
  await expect(runs.getByRole('listitem').first()).toContainText(/完成由Stephanie/)
  await expect(runs.getByRole('listitem')).toHaveCount(2)
  await expectAccessible(page)
})
