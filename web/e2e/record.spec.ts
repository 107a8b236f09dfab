import { expect, find, openList, stores, test } from './stage'

test('a record shows its fields by class, and what belongs to it', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer', { ...stores, sort: 'name' })
  const first = page.locator('.grid-row .row-link').first()
  const title = String(await first.textContent())
  await first.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  for (const group of ['基本信息', '联系方式', '金额', '证件与账号']) {
    await expect(page.getByRole('heading', { name: group, exact: true })).toBeVisible()
  }
  await page.getByRole('tab', { name: '相关记录' }).click()
  const related = page.getByRole('complementary', { name: '相关记录' })
  await expect(related.getByRole('heading', { name: /联系人/ })).toBeVisible()
  await related.getByRole('link', { name: '查看全部 联系人' }).click()
  await expect(page).toHaveURL(/records\/contact\?f=/)
  await expect(page.locator('.grid-row').first()).toBeVisible()
})

test('a masked field says why, by keyboard too', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1' })).items
  await page.goto(`/records/customer/${store?.id}`)
  const masked = page.getByRole('button', { name: /开户银行已打码/ })
  await masked.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: '开户银行为什么打码？' })
  await expect(panel.locator('.reason').first()).toContainText(/[\u4e00-\u9fff]/)
  await expect(panel).toContainText('用途')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(masked).toBeFocused()
})

test('the value behind a mask is nowhere in the page', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const [store] = (await find(seller, 'customer', { filter: "r.type == 'company'", limit: '1' })).items
  const whole = await boss.request.get(`/api/v1/records/customer/${store?.id}`)
  const bank = String(((await whole.json()) as { fields: { bank_name: string } }).fields.bank_name)
  expect(bank.length).toBeGreaterThan(3)
  const bodies: Promise<string>[] = []
  seller.on('response', (answer) => {
    if (answer.url().includes('/api/')) bodies.push(answer.text())
  })
  await seller.goto(`/records/customer/${store?.id}`)
  await expect(seller.getByRole('button', { name: /开户银行已打码/ })).toBeVisible()
  await seller.waitForLoadState('networkidle')
  for (const text of [await seller.content(), ...(await Promise.all(bodies))]) expect(text).not.toContain(bank)
})

test('an action that is refused is shown so, with its reason', async ({ as }) => {
  const page = await as('guy1')
  await openList(page, 'person')
  await page.locator('.grid-row .row-link').first().click()
  await expect(page.getByRole('button', { name: '删除', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: '为什么不能删除？' }).click()
  const panel = page.getByRole('dialog', { name: '为什么不能删除？' })
  await expect(panel).toContainText(/规则|不允许|怎样才能/)
})

test("somebody else's customer is as missing as one that never was", async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const mine = (await find(seller, 'customer', { limit: '200' })).items.map((item) => item.id)
  const other = (await find(boss, 'customer', { limit: '200', filter: "r.type == 'company'" })).items.find(
    (item) => !mine.includes(item.id),
  )
  expect(other).toBeDefined()
  const pages: string[] = []
  for (const id of [String(other?.id), '9007199254740000', 'no-id']) {
    await seller.goto(`/records/customer/${id}`)
    await expect(seller.getByRole('heading', { name: '没有找到这个页面' })).toBeVisible()
    pages.push(await seller.locator('main').innerHTML())
    expect(await seller.content()).not.toContain(String(other?.title))
  }
  expect(new Set(pages).size).toBe(1)
})

test('a kind of which one sees nothing is no page', async ({ as }) => {
  const page = await as('guy1')
  const shown: string[] = []
  for (const kind of ['contract', 'nonsense']) {
    await page.goto(`/records/${kind}`)
    await expect(page.getByRole('heading', { name: '没有找到这个页面' })).toBeVisible()
    shown.push(await page.locator('main').innerHTML())
  }
  expect(shown[1]).toBe(shown[0])
})
