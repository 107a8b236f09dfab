import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'

// My access 我的权限 is where what was given for a time goes back: by who holds it, and by who gave it or administers.

const phone = { width: 390, height: 844 }
const stamp = Date.now().toString(36)

async function customer(page: Page, name: string) {
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `${name}${stamp}`, type: 'company', phone: '13800138000' } } })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

const idOf = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id

async function lend(page: Page, receiver: string, record: string, purpose: string) {
  const given = await page.request.post('/api/v1/grants', {
    data: {
      receiver,
      kind: 'customer',
      records: [record],
      actions: ['read'],
      fields: [{ class: 'general', level: 'plain' }],
      until: new Date(Date.now() + 3600_000).toISOString(),
      purpose: `${purpose}${stamp}`,
    },
  })
  expect(given.status(), await given.text()).toBe(201)
}

const read = async (page: Page, id: string) => (await page.request.get(`/api/v1/records/customer/${id}`)).status()

test('what was lent, and a place on a team, are given back from one’s own page, on a phone', async ({ as }) => {
  const seller = await as('linda3')
  const page = await as('jae0', { viewport: phone })
  const jae = await idOf(page)
  const [lent, shared, later] = [await customer(seller, '归还店'), await customer(seller, '协作店'), await customer(seller, '下周店')]
  await lend(seller, jae, lent, '代为接待')
  for (const [id, from] of [[shared], [later, new Date(Date.now() + 86_400_000).toISOString()]] as const) {
    const joined = await seller.request.post(`/api/v1/records/customer/${id}/team`, { data: { person: jae, ...(from ? { from } : {}) } })
    expect(joined.status(), await joined.text()).toBe(204)
  }
  expect([await read(page, lent), await read(page, shared), await read(page, later)]).toEqual([200, 200, 404])

  await page.goto('/access')
  const card = page.locator('.grant-card', { hasText: `代为接待${stamp}` })
  await expect(card).toContainText('Linda Mitchell')
  await expect(card).toContainText('指定的 1 条客户')
  await expect(card.getByRole('link', { name: `归还店${stamp}` })).toBeVisible()
  await card.getByRole('button', { name: '归还' }).click()
  const dialog = page.getByRole('dialog', { name: '归还这项权限？' })
  await expect(dialog).toContainText('归还后立即失去由此得到的权限')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '取消' }).click()
  await expect(card).toBeVisible()
  expect(await read(page, lent)).toBe(200)
  await card.getByRole('button', { name: '归还' }).click()
  await dialog.getByRole('button', { name: '归还' }).click()
  await expect(card).toHaveCount(0)
  expect([await read(page, lent), await read(page, shared)]).toEqual([404, 200])

  // A place on a team too: one that is open, and one that begins tomorrow, whose customer has no name yet.
  const teams = page.getByRole('region', { name: '参与协作的记录' })
  const before = await teams.getByRole('button', { name: '归还' }).count()
  for (const [line, left] of [
    [teams.getByRole('listitem').filter({ hasText: `协作店${stamp}` }), before - 1],
    [teams.getByRole('listitem').filter({ hasText: ' 起' }), before - 2],
  ] as const) {
    await line.getByRole('button', { name: '归还' }).click()
    await dialog.getByRole('button', { name: '归还' }).click()
    await expect(teams.getByRole('button', { name: '归还' })).toHaveCount(left)
  }
  expect([await read(page, lent), await read(page, shared)]).toEqual([404, 404])
  await seller.goto(`/records/customer/${shared}`)
  await seller.getByRole('tab', { name: '协作人' }).click()
  await expect(seller.getByRole('button', { name: '添加协作人' })).toBeVisible()
  await expect(seller.getByText('Jae Pak')).toHaveCount(0)
})

test('a head takes back from a person’s page what they gave, an administrator what anybody gave', async ({ as }) => {
  const seller = await as('linda3')
  const head = await as('amy0')
  const them = await as('jae0')
  const jae = await idOf(them)
  const [sellers, heads] = [await customer(seller, '他区店'), await customer(head, '本区店')]
  await lend(seller, jae, sellers, '跨区对账')
  await lend(head, jae, heads, '带教拜访')
  expect([await read(them, sellers), await read(them, heads)]).toEqual([200, 200])
  const card = (page: Page, purpose: string) => page.locator('.grant-card', { hasText: `${purpose}${stamp}` })
  const takes = async (page: Page, purpose: string) => {
    await card(page, purpose).getByRole('button', { name: '收回' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Jae Pak')
    await dialog.getByRole('button', { name: '收回' }).click()
    await expect(card(page, purpose)).toHaveCount(0)
  }

  // What others lent the head sees, and not which customer it is.
  await head.goto(`/access?person=${JSON.stringify(jae)}`)
  await expect(head.getByRole('heading', { level: 1 })).toHaveText('Jae Pak的权限')
  await expect(card(head, '跨区对账')).toContainText('部分客户')
  await expect(card(head, '跨区对账').getByRole('button')).toHaveCount(0)
  await expect(head.getByText(`他区店${stamp}`)).toHaveCount(0)
  await head.locator('.access-kind').getByRole('button', { name: /^客户/ }).click()
  await expect(head.locator('.access-ways > li').filter({ hasText: `跨区对账${stamp}` })).toContainText('Linda Mitchell授权Jae Pak，可以查看部分客户')
  await expectAccessible(head)
  await takes(head, '带教拜访')
  expect([await read(them, sellers), await read(them, heads)]).toEqual([200, 404])

  const admin = await as('stephanie0', { viewport: phone })
  await admin.goto(`/access?person=${JSON.stringify(jae)}`)
  await expect(card(admin, '跨区对账')).toContainText('指定的 1 条客户')
  await takes(admin, '跨区对账')
  expect([await read(them, sellers), await read(them, heads)]).toEqual([404, 404])
  await them.goto('/access')
  await expect(them.getByRole('heading', { level: 1 })).toHaveText('我的权限')
  await expect(card(them, '跨区对账')).toHaveCount(0)
})
