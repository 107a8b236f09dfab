import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, openList, test } from './stage'

// What somebody does with approval only: asked for where it is refused, shown to who decides, done once.

const phone = { width: 390, height: 844 }
const unique = (word: string) => `${word} ${Date.now().toString(36)}`

async function make(page: Page, kind: string, fields: Record<string, unknown>) {
  const made = await page.request.post(`/api/v1/records/${kind}`, { data: { fields } })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

/** A rule about records of this name alone, which ends by itself. */
async function rule(admin: Page, name: string, rest: Record<string, unknown>) {
  const put = await admin.request.put(`/api/v1/policy/rules/e2e-holds-${Date.now().toString(36)}`, {
    data: {
      kind: 'customer',
      when: { op: 'starts_with', field: 'name', value: { text: name } },
      until: new Date(Date.now() + 600_000).toISOString(),
      scene: '须第二人复核',
      ...rest,
    },
  })
  expect(put.status(), await put.text()).toBe(200)
}

const holds = async (admin: Page) => {
  // Nobody lays down a rule that holds themselves.
  const me = ((await (await admin.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  return { effect: 'forbid', where: { path: 'all' }, actions: ['edit'], who: { any: [{ everyone: true }], except: [{ person: me }] } }
}

test('a customer is deleted when the head agrees', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const name = unique('待删客户')
  const id = await make(seller, 'customer', { name, type: 'company' })
  await rule(boss, name, {
    effect: 'permit',
    who: { any: [{ everyone: true }] },
    where: { path: 'own' },
    actions: ['delete'],
    fields: [{ class: 'general', level: 'plain' }],
    duty: { approval: ['@head'] },
  })
  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: '删除 须经审批' }).click()
  const dialog = seller.getByRole('dialog', { name: '删除须经审批' })
  await expect(dialog).toContainText(name)
  await dialog.getByLabel('用途（必填）').fill(`重复录入 ${name}`)
  await expectAccessible(seller)
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('Stephen Jiang')
  expect((await seller.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(200)

  const head = await as('stephen0', { viewport: phone })
  await head.goto('/requests')
  await head.getByRole('button', { name: new RegExp(`重复录入 ${name}`) }).click()
  await expect(head.getByRole('heading', { name: `删除“${name}”` })).toBeVisible()
  await expectAccessible(head)
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await expect(head.getByText(/记录已删除/)).toBeVisible()
  expect((await seller.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(404)
})

test('many customers change hands by one request', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const head = await as('stephen0')
  const name = unique('调整分工')
  for (const n of [1, 2, 3]) await make(seller, 'customer', { name: `${name} ${n}`, type: 'company' })
  await rule(boss, name, { ...(await holds(boss)), fields: [{ field: 'owner', level: 'plain' }], duty: { approval: ['@pack:boss'] } })

  await openList(head, 'customer', { q: name })
  await head.getByRole('checkbox', { name: '选择当前全部' }).check()
  await head.getByRole('button', { name: '转交', exact: true }).click()
  const dialog = head.getByRole('dialog', { name: /批量转交 3 条客户/ })
  await dialog.getByRole('combobox').fill('Shu')
  await head.locator('.ant-select-item-option').first().click()
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await expect(dialog.getByText('这 3 条都须经审批', { exact: false })).toBeVisible()
  await dialog.getByLabel('用途（必填）').fill(`组织变动 ${name}`)
  await expectAccessible(head)
  await dialog.getByRole('button', { name: '提交申请（3 条）' }).click()
  await expect(dialog.getByRole('status')).toContainText(/已提交|等待/)

  await boss.goto('/requests')
  await boss.getByRole('button', { name: new RegExp(`组织变动 ${name}`) }).click()
  const records = boss.getByRole('region', { name: '涉及 3 条记录' })
  await expect(records.getByRole('listitem')).toHaveText([`${name} 1`, `${name} 2`, `${name} 3`])
  await expectAccessible(boss)
  await boss.getByRole('button', { name: '同意', exact: true }).click()
  await expect(boss.getByText(/逐条执行/)).toBeVisible()
  expect((await find(seller, 'customer', { q: name })).items).toHaveLength(0)

  // Who asked sees what came of it, and has a way back.
  await head.goto('/requests?scope=%22mine%22')
  await head.getByRole('button', { name: new RegExp(`组织变动 ${name}`) }).click()
  await expect(head.getByText('已更改 3 条。')).toBeVisible()
  await head.getByRole('button', { name: '撤销' }).click()
  await expect(head.getByText('已撤销 3 条')).toBeVisible()
  await expect.poll(async () => (await find(seller, 'customer', { q: name })).items.length).toBe(3)
})

test('a stage that takes approval is marked on the board, and a card dragged there asks', async ({ as }) => {
  const boss = await as('ken0')
  const page = await as('linda3')
  const name = unique('须复核商机')
  const customer = await make(page, 'customer', { name: `${name} 的客户` })
  const id = await make(page, 'opportunity', { name, customer })
  await rule(boss, name, { ...(await holds(boss)), kind: 'opportunity', fields: [{ field: 'stage', level: 'plain' }], duty: { approval: ['@head'] } })

  await openList(page, 'opportunity', { q: name })
  await expect(page.getByRole('row').filter({ hasText: name }).getByText('须经审批')).toHaveCount(1)
  await openList(page, 'opportunity', { as: 'board', q: name })
  const card = page.locator('.board-card').filter({ hasText: name })
  await expect(card.getByText('须经审批')).toHaveCount(1)
  await expectAccessible(page)
  const column = page.locator('.board-column').filter({ has: page.getByRole('heading', { name: /^需求确认/ }) })
  const [from, to] = [await card.boundingBox(), await column.boundingBox()]
  if (!from || !to) throw new Error('no board')
  await page.mouse.move(from.x + 60, from.y + 60)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 8 })
  await page.mouse.up()
  const dialog = page.getByRole('dialog', { name: '这项修改须经审批' })
  await dialog.getByLabel('用途（必填）').fill(`客户已确认 ${name}`)
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog.getByRole('status')).toContainText('Stephen Jiang')
  await expect(page.locator('.board-note')).toHaveCount(0)
  const now = (await (await page.request.get(`/api/v1/records/opportunity/${id}`)).json()) as { fields: { stage: string } }
  expect(now.fields.stage).toBe('initial')
})
