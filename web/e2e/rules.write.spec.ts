import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, inTurn, publish, signIn, test } from './stage'
import { inNewDraft, names, part } from './studio'

// The administrator is Stephanie, who reads no customers; Ken, who leads the company, is the second.

async function forSellers(page: Page) {
  await page.getByLabel('岗位', { exact: true }).and(page.locator('select')).selectOption('sales_representative')
  await page.getByRole('button', { name: '添加', exact: true }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await expect(part(page, '谁')).toContainText('销售代表')
}

/** Shops of this name, which no other story makes. */
const sees = async (page: Page) => (await find(page, 'customer', { filter: "r.name.contains('Bike')", limit: '1', count: 'capped' })).total?.count ?? 0

test('a rule is written from a template, tried, published, and rolled back', async ({ as }) => {
  const seller = await as('linda3')
  const before = await sees(seller)
  const page = await as('stephanie0')
  await inNewDraft(page)

  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('button', { name: /同部门客户可见/ }).click()
  await expect(page.getByText('还缺：谁。')).toBeVisible()
  await forSellers(page)

  await part(page, '什么条件').click()
  await page.getByRole('button', { name: '添加条件', exact: true }).click()
  await page.getByLabel('字段', { exact: true }).selectOption('type')
  await expect(page.getByText('请填写完整。')).toBeVisible()
  await page.getByRole('button', { name: '企业', exact: true }).click()
  await expect(page.getByText(/^现有 [\d,]+ 条记录符合$/)).toBeVisible()
  await page.getByRole('button', { name: '完成' }).click()
  await expect(part(page, '什么条件')).toContainText('企业')

  // A change can be undone and done again.
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(part(page, '什么条件')).toContainText('没有条件')
  await page.getByRole('button', { name: '重做' }).click()
  await expect(part(page, '什么条件')).toContainText('企业')

  await page.getByRole('link', { name: '影响' }).click()
  await expect(page.getByRole('heading', { name: '变化（1）' })).toBeVisible()
  await page.getByRole('button', { name: '计算影响' }).click()
  const linda = page.getByRole('button', { name: /Linda Mitchell/ })
  await expect(linda).toContainText('+ 可查看')
  await linda.click()
  await expect(page.getByText('例子都是您无权查看的记录')).toBeVisible()
  expect(await sees(seller)).toBe(before)

  const note = `同事互相了解客户 ${Date.now()}`
  await publish(page, note, '发布')
  await expect(page.getByText(/已发布为版本/)).toBeVisible()
  await expect.poll(() => sees(seller)).toBeGreaterThan(before)
  await seller.goto('/records/customer')
  await expect(seller.getByRole('heading', { level: 1, name: '客户' })).toBeVisible()

  await page.goto('/policy/versions')
  const mine = page.getByRole('row').filter({ hasText: note })
  await expect(mine).toContainText('Stephanie Conroy')
  await mine.locator('xpath=following-sibling::tr[1]').getByRole('button', { name: '回到此版本' }).click()
  const dialog = page.getByRole('dialog', { name: /^回到版本/ })
  const back = `${note}完毕`
  await dialog.getByLabel(/^说明/).fill(back)
  await dialog.getByRole('button', { name: '确认回退' }).click()
  await expect(page.getByRole('row').filter({ hasText: back })).toContainText('当前')
  await expect.poll(() => sees(seller)).toBe(before)
})

test('a sensitive rule needs the second person', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('button', { name: /空白防护规则/ }).click()
  await forSellers(page)

  await part(page, '能做什么').click()
  const panel = page.locator('form.part-panel')
  await panel.getByLabel('业务表').selectOption('product')
  await panel.getByRole('button', { name: '删除', exact: true }).click()
  await panel.getByRole('button', { name: '查看', exact: true }).click()
  await panel.getByRole('button', { name: '完成' }).click()
  await expect(part(page, '能做什么')).toContainText('禁止删除')

  await part(page, '为什么').click()
  await panel.getByLabel(/这条规则为什么存在/).fill('销售不得删除产品资料')
  await panel.getByLabel(/^敏感/).check()
  await panel.getByRole('button', { name: '完成' }).click()
  await expect(page.getByText('敏感').first()).toBeVisible()

  await page.getByRole('link', { name: '发布', exact: true }).click()
  await publish(page, '保护产品资料', '提请确认并发布')
  await expect(page.getByRole('heading', { name: '等待第二人确认' })).toBeVisible()
  await expect(page.getByRole('button', { name: '确认并发布' })).toHaveCount(0)
  const address = new URL(page.url()).pathname

  const second = await as('ken0')
  await second.goto(address)
  await expect(second.getByText(/提请确认：保护产品资料/)).toBeVisible()
  await expect(second.locator('ins')).toContainText('销售不得删除产品资料')
  await second.getByRole('button', { name: '确认并发布' }).click()
  await expect(second.getByText(/已发布为版本/)).toBeVisible()
  await second.goto('/policy/versions')
  await expect(second.getByRole('row').filter({ hasText: '保护产品资料' })).toContainText('Ken Sánchez确认')
})

test('a rule says how much of a value is left, and whoever it is for sees no more', async ({ as, nobody }) => {
  const page = await as('stephanie0')
  const made = async (who: Page, path: string, data: object) => {
    const answer = await who.request.post(path, { data })
    expect(answer.status(), await answer.text()).toBe(201)
    return (await answer.json()) as { id: string }
  }
  const login = `m${Date.now().toString(36)}`
  const units = (await (await page.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const person = await made(page, '/api/v1/records/person', { fields: { name: `打码 ${login}`, login, unit: units.items[0]?.id } })
  expect((await page.request.put(`/api/v1/org/people/${person.id}/password`, { data: { password: 'a password of their own' } })).status()).toBe(204)
  await made(page, '/api/v1/policy/assignments', { pack: 'sales', who: { person: person.id } })
  const fields = { name: `打码客户 ${login}`, type: 'company', owner: person.id, phone: '13761235678', email: 'li.wei@example.com' }
  const customer = await made(await as('ken0'), '/api/v1/records/customer', { fields })
  const reader = await nobody()
  await signIn(reader, login, 'a password of their own')
  await expect(reader).not.toHaveURL(/sign-in/)
  await reader.goto(`/records/customer/${customer.id}`)
  await expect(reader.getByText('li.wei@example.com').first()).toBeVisible()

  await inNewDraft(page)
  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('button', { name: /空白防护规则/ }).click()
  if ((await part(page, '谁').getAttribute('aria-expanded')) === 'false') await part(page, '谁').click()
  await names(page, fields.name.replace('客户', ''))
  await page.getByRole('button', { name: '完成' }).click()
  await part(page, '哪些字段').click()
  const panel = page.locator('form.part-panel')
  const contact = panel.getByRole('group', { name: '联系方式', exact: true })
  await contact.getByRole('button', { name: '掩码' }).click()
  const mask = panel.getByLabel('联系方式的打码方式')
  await expect(mask).toHaveValue('masked')
  await mask.selectOption({ label: '只显示末尾' })
  await expect(contact.getByRole('button', { name: '掩码' })).toHaveAttribute('aria-pressed', 'true')
  await expectAccessible(page)
  await panel.getByRole('button', { name: '完成' }).click()
  await expect(part(page, '哪些字段')).toContainText('只显示末尾：联系方式')

  await part(page, '为什么').click()
  await panel.getByLabel(/这条规则为什么存在/).fill('只留够核对的')
  await panel.getByRole('button', { name: '完成' }).click()
  await page.getByRole('link', { name: '发布', exact: true }).click()
  await publish(page, `打码 ${login}`, '发布')
  await expect(page.getByText(/已发布为版本/)).toBeVisible()

  // With the eyes of whom it means: in what the page holds as little as on it.
  for (const path of [`/records/customer/${customer.id}`, '/records/customer']) {
    await reader.goto(path)
    await expect(reader.getByText('****5678').first()).toBeVisible()
    const held = await reader.content()
    for (const value of [fields.phone, '137 6123 5678', fields.email, 'example.com']) expect(held).not.toContain(value)
  }
  await expectAccessible(reader)
})

test('a guard is switched on from a template, for those whom it means', async ({ as }) => {
  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `流失客户 ${Date.now()}`, stage: 'lost', phone: '13800138000' } } })
  const { id } = (await made.json()) as { id: string }
  await seller.goto(`/records/customer/${id}`)
  await expect(seller.getByText('138 0013 8000').or(seller.getByText('13800138000')).first()).toBeVisible()

  const page = await as('stephanie0')
  // Nobody serves customers in this company yet: one pack says who does, to every rule of the template.
  const settler = await as('hazem0', { viewport: { width: 390, height: 844 } })
  const { person } = (await (await settler.request.get('/api/v1/me')).json()) as { person: { id: string } }
  const { request: boss } = await as('ken0')
  await expect(async () => {
    const begun = await page.request.post('/api/v1/policy/drafts', { data: { name: '客服' } })
    const draft = (await begun.json()) as { id: string; document: { assignments: object[] } }
    const assignments = [...draft.document.assignments, { pack: 'service', who: { person: person.id } }]
    const path = `/api/v1/policy/drafts/${draft.id}`
    const said = [
      await page.request.patch(path, { data: { document: { ...draft.document, assignments } }, headers: { 'If-Match': '"1"' } }),
      await page.request.post(`${path}/publish`, { data: { note: '客服' } }),
      await boss.post(`${path}/confirm`),
    ]
    expect(said.map((one) => one.status()), await said[0]?.text()).toEqual([200, 200, 200])
  }).toPass({ timeout: 120_000 })
  await inNewDraft(page)
  await page.getByRole('button', { name: '新建规则' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: /投诉中锁定/ }).click()
  await expect(part(page, '谁')).toContainText('所有人')
  await expect(page.getByText('7 处改动')).toBeVisible()
  // One template is one edit.
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('0 处改动')).toBeVisible()
  await page.getByRole('button', { name: '重做' }).click()
  await expect(page.getByText('7 处改动')).toBeVisible()
  // Who holds the pack of service is outside of the locks, and the one who takes them away.
  for (const [scene, who] of [
    ['投诉处理期间由客服统一应对', /所有人.*但不包括.*Hazem/],
    ['客服处理投诉', /^(?!.*所有人).*Hazem/],
    ['客服处理派给自己的投诉', /^(?!.*所有人).*Hazem/],
    ['接到投诉任务', /^(?!.*所有人).*Hazem/],
  ] as const) {
    const line = page.locator('.rule-line.added', { hasText: scene }).first()
    await line.click()
    await expect(line).toHaveAttribute('aria-current', 'true')
    await expect(part(page, '谁')).toContainText(who)
  }

  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('button', { name: /流失客户停止联系/ }).click()
  await expect(part(page, '谁')).toContainText('销售代表')
  await expect(part(page, '谁')).toContainText('但不包括')
  await page.getByRole('link', { name: '发布', exact: true }).click()
  await publish(page, '不再打扰流失客户', '发布')
  await expect(page.getByText(/已发布为版本/)).toBeVisible()

  await seller.reload()
  await expect(seller.getByRole('heading', { level: 1 })).toContainText('流失客户')
  await expect(seller.getByText(/138 ?0013 ?8000/)).toHaveCount(0)
  const why = await seller.request.get('/api/v1/explain', { params: { kind: 'customer', id, action: 'read', field: 'phone' } })
  expect(await why.text()).toContain('流失客户停止联系')

  // A customer who complains is locked for who looks after them, and comes to who settles complaints.
  const task = `处理投诉 ${Date.now()}`
  const routing = await page.request.post('/api/v1/routings', {
    data: { name: task, kind: 'customer', tag: '投诉中', to: 'position', position: 'quality_assurance_manager', task, hours: 4 },
  })
  expect(routing.status(), await routing.text()).toBe(201)
  const complains = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `投诉客户 ${Date.now()}`, tags: ['投诉中'] } } })
  const locked = (await complains.json()) as { id: string }
  await seller.goto(`/records/customer/${locked.id}`)
  await expect(seller.getByRole('button', { name: '编辑', exact: true })).toBeDisabled()
  await seller.getByRole('button', { name: '为什么不能编辑' }).click()
  await expect(seller.locator('.popover')).toContainText('投诉中')
  expect(await (await settler.request.get('/api/v1/notices')).text()).toContain(task)
  const [given] = (await find(settler, 'task', { filter: `r.subject == '${task}'` })).items
  await settler.goto(`/records/task/${given?.id}`)
  await settler.getByRole('link', { name: /^投诉客户/ }).first().click()
  await expect(settler.getByRole('heading', { level: 1, name: /^投诉客户/ })).toBeVisible()
  await settler.getByRole('button', { name: '移除标签“投诉中”' }).click()
  await expect(settler.getByRole('button', { name: '移除标签“投诉中”' })).toHaveCount(0)
  // Settled, the customer can be edited again by its seller.
  await seller.reload()
  await expect(seller.getByRole('link', { name: '编辑', exact: true })).toBeVisible()
  const { id: written } = (await routing.json()) as { id: string }
  await page.request.delete(`/api/v1/routings/${written}`, { headers: { 'If-Match': '"1"' } })
})

test('a condition is written in rows and in text, each mending the other', async ({ as }) => {
  const page = await as('stephanie0')
  await inNewDraft(page)
  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('button', { name: /空白共享规则/ }).click()
  await part(page, '什么条件').click()
  await page.getByRole('button', { name: 'CEL 文本' }).click()
  const text = page.getByRole('textbox', { name: 'CEL 文本' })
  await text.fill("r.type == 'company' &&\n  has(r.nothing)")
  await expect(page.getByText(/第 2 行第 \d+ 列/)).toBeVisible()
  await expect(page.getByRole('button', { name: '完成' })).toBeDisabled()
  await text.fill("r.type == 'company' && !(r.city == 'a\\\\' || has(r.phone))")
  await expect(page.getByRole('group', { name: '都不满足' })).toBeVisible()
  await expect(page.getByLabel('城市的值')).toHaveValue('a\\')

  // The rows move by keyboard, and the text follows.
  await page.getByLabel('城市的值').press('Alt+ArrowDown')
  await expect(text).toHaveValue("r.type == 'company' && !(has(r.phone) || r.city == 'a\\\\')")
  await page.getByRole('button', { name: '删除条件组' }).click()
  await expect(text).toHaveValue("r.type == 'company'")
  await page.getByRole('button', { name: '完成' }).click()
  await expect(part(page, '什么条件')).toContainText('企业')
  await page.getByRole('link', { name: '查看变化' }).click()
  await page.getByRole('button', { name: '放弃草稿' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃草稿' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '草稿' })).toBeVisible()
})

const sights = [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 1440, height: 900 }],
  ['light', { width: 390, height: 844 }],
  ['dark', { width: 390, height: 844 }],
] as const

for (const [theme, viewport] of inTurn(sights, 2)) {
  test(`studio, draft and versions are accessible (${theme}, ${viewport.width} px)`, async ({ as }) => {
    const page = await as('stephanie0', { theme, viewport })
    await inNewDraft(page)
    // A hundred sentences are checked once by their first ones.
    await page.getByRole('searchbox', { name: /搜索规则/ }).fill('门店')
    await page.getByRole('button', { name: '新建规则' }).click()
    await page.getByRole('button', { name: /门店附近的个人客户/ }).click()
    await part(page, '什么条件').click()
    await page.getByRole('button', { name: 'CEL 文本' }).click()
    await expect(page.getByText(/条记录符合/).first()).toBeVisible()
    await expectAccessible(page)
    await part(page, '哪些字段').click()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.getByRole('link', { name: '查看变化' }).click()
    await expect(page.getByRole('heading', { name: '变化（1）' })).toBeVisible()
    await expectAccessible(page)
    await page.goto('/policy/versions')
    await expect(page.getByRole('row').nth(1)).toBeVisible()
    await expectAccessible(page)
  })
}
