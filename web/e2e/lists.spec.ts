import { expect, find, type Login, openList, stores, test } from './stage'

// The table of demo/adventureworks/README.md, as the lists show it.
const seen: { login: Login; people: number; stores: number; contacts: number; orders: number }[] = [
  { login: 'ken0', people: 290, stores: 701, contacts: 753, orders: 3806 },
  { login: 'stephen0', people: 11, stores: 541, contacts: 585, orders: 2989 },
  { login: 'linda3', people: 1, stores: 39, contacts: 44, orders: 418 },
  { login: 'tete0', people: 1, stores: 0, contacts: 0, orders: 140 },
  { login: 'guy1', people: 1, stores: 0, contacts: 0, orders: 0 },
]

for (const row of seen) {
  test(`${row.login} sees what is theirs`, async ({ as }) => {
    const page = await as(row.login)
    for (const [kind, count, search] of [
      ['person', row.people, {}],
      ['customer', row.stores, stores],
      ['contact', row.contacts, {}],
      ['contract', row.orders, {}],
    ] as const) {
      await openList(page, kind, search)
      if (count > 0) {
        await expect(page.locator('.list-count')).toHaveText(`共 ${count.toLocaleString('en')} 条`)
        await expect(page.getByRole('grid').getByRole('link').first()).toBeVisible()
      } else {
        await expect(page.getByRole('heading', { name: /还没有|没有符合条件|没有找到/ })).toBeVisible()
        await expect(page.locator('.grid-row')).toHaveCount(0)
      }
    }
  })
}

test('more than can be counted is said so', async ({ as }) => {
  const page = await as('ken0')
  await openList(page, 'customer')
  await expect(page.locator('.list-count')).toHaveText('超过 10,000 条')
})

test('a list scrolls to its end, each row once', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'contract', { sort: 'number' })
  await expect(page.locator('.grid-row').first()).toBeVisible()
  const met = new Set<string>()
  const end = page.getByText('已经到底了')
  const grid = page.getByRole('region', { name: '合同列表' })
  while (!((await end.isVisible()) && met.size >= 418)) {
    for (const title of await page.locator('.grid-row .row-link').allTextContents()) met.add(title)
    await grid.evaluate((element) => {
      element.scrollBy(0, 500)
      return new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
    })
  }
  expect(met.size).toBe(418)
  expect(await page.locator('.grid-row').count()).toBeLessThan(60)
})

test('a filter is built by hand, stands in the URL, and survives a reload', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  await page.getByRole('button', { name: '筛选' }).click()
  const panel = page.getByRole('form', { name: '筛选条件' })
  await panel.getByRole('combobox', { name: '字段' }).click()
  await page.keyboard.type('客户名称')
  await page.keyboard.press('Enter')
  await panel.getByRole('textbox', { name: '值' }).fill('Bike')
  await panel.getByRole('button', { name: '应用' }).click()
  await expect(page).toHaveURL(/contains/)
  const expected = (await find(page, 'customer', { filter: "r.name.contains('Bike')", count: 'capped' })).total?.count
  expect(expected).toBeGreaterThan(0)
  await expect(page.locator('.list-count')).toHaveText(`共 ${expected} 条`)
  await page.reload()
  await expect(page.locator('.list-count')).toHaveText(`共 ${expected} 条`)
  await expect(page.getByRole('button', { name: '1 个条件' })).toBeVisible()
})

test('a wrong expression says where it is wrong, and changes nothing', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByRole('button', { name: /CEL/ }).click()
  const text = page.getByLabel('CEL 表达式')
  await text.fill("r.name.contains('a') && r.nonsense == 1")
  await page.getByRole('button', { name: '应用' }).click()
  await expect(page.getByRole('alert')).toContainText(/第 1 行第 \d+ 列/)
  await expect(text).toHaveAttribute('aria-invalid', 'true')
  await text.fill("r.city == 'Renton'")
  await page.getByRole('button', { name: '应用' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a field that may not be read cannot be filtered by, and is shown locked', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByRole('combobox', { name: '字段' }).click()
  await page.keyboard.type('开户银行')
  await expect(page.locator('.ant-select-item-option-disabled')).toContainText('不可筛选')
  await page.keyboard.press('Escape')
})

test('search answers when the writer pauses', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  const [store] = (await find(page, 'customer', { limit: '1', sort: 'name' })).items
  const title = String(store?.title)
  const asked: string[] = []
  page.on('request', (request) => {
    const q = new URL(request.url()).searchParams.get('q')
    if (q !== null && request.url().includes('/api/')) asked.push(q)
  })
  await page.getByRole('searchbox', { name: '搜索客户' }).pressSequentially(title, { delay: 15 })
  await expect(page.locator('.grid-row').first()).toContainText(title)
  await expect(page).toHaveURL(/q=/)
  await expect.poll(() => asked.at(-1)).toBe(title)
  // A busy machine types slowly, but never is each letter a question.
  expect(asked.length).toBeLessThan(title.length / 2)
  await page.getByRole('searchbox').fill('no shop is called like this')
  await expect(page.getByRole('heading', { name: '没有符合条件的客户' })).toBeVisible()
  await page.getByRole('button', { name: '清除搜索和筛选' }).click()
  await expect(page.locator('.list-count')).toHaveText('共 39 条')
})

test('columns and order are chosen and stand in the URL', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  await page.getByRole('button', { name: '客户名称' }).click()
  await expect(page.getByRole('columnheader', { name: '客户名称' })).toHaveAttribute('aria-sort', 'ascending')
  const sorted = (await find(page, 'customer', { sort: 'name', limit: '5' })).items.map((item) => item.title)
  const names = async () => (await page.locator('.grid-row .row-link').allTextContents()).slice(0, 5)
  await expect.poll(names).toEqual(sorted)
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('checkbox', { name: '主营方向' }).check()
  await expect(page.getByRole('columnheader', { name: '主营方向' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: '主营方向' })).toBeVisible()
})

test('rows are walked by keyboard', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer')
  await page.locator('.grid-row .row-link').first().focus()
  await page.keyboard.press('ArrowDown')
  const second = page.locator('[data-index="1"] .row-link')
  await expect(second).toBeFocused()
  const title = await second.textContent()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(String(title))
})
