import { expect, expectAccessible, find, test, themes } from './stage'

interface Figures {
  groups: { key: string; count: number; sum?: Record<string, string> }[]
}

test('every figure opens the list that it is of', async ({ as }) => {
  const page = await as('ken0')
  await page.goto('/?period=year')
  await expect(page).toHaveTitle(/工作台/)
  const tile = page.locator('.tile', { hasText: '新增客户' })
  await expect(tile.locator('.tile-value')).toBeVisible() // the figure, and not its place
  const shown = Number((await tile.getAttribute('title'))?.replaceAll(',', ''))
  await tile.click()
  await expect(page).toHaveURL(/\/records\/customer\?f=/)
  const filter = await page.evaluate(() => new URL(location.href).searchParams.get('f'))
  expect(filter).toContain('created_at')
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  const answer = await page.request.get('/api/v1/figures/customer', {
    params: { filter: `r.created_at >= timestamp('${year - 1}-12-31T16:00:00Z')` },
  })
  const { groups } = (await answer.json()) as Figures
  expect(shown).toBe(groups[0]?.count ?? 0)
})

test('a seller counts what they see, and their own', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const all = (await (await page.request.get('/api/v1/figures/customer')).json()) as Figures
  const { total } = await find(page, 'customer', { count: 'capped', limit: '1' })
  expect(all.groups[0]?.count).toBe(total?.count)
  await page.getByRole('button', { name: '我负责的' }).click()
  await expect(page).toHaveURL(/whose=mine/)
  await expect(page.getByText('只统计由您负责的数据。')).toBeVisible()
  await page.locator('.tile', { hasText: '跟进次数' }).click()
  await expect(page).toHaveURL(/owner/)
})

test('what is not plain is in no figure, and is told so instead of a nought', async ({ as }) => {
  const page = await as('zainal0')
  await page.goto('/?period=year')
  await expect(page.locator('.tile', { hasText: '赢单金额' })).toContainText('金额对您不可见')
  const answer = await page.request.get('/api/v1/figures/contract', { params: { group: 'stage', measure: 'sum:total' } })
  expect(((await answer.json()) as Figures).groups).toEqual([])
})

test('each chart has its table, whose rows open lists', async ({ as }) => {
  const page = await as('ken0')
  await page.goto('/')
  const panel = page.locator('.panel-service, .panel-growth').first()
  await panel.scrollIntoViewIfNeeded()
  const shown = panel.getByRole('button', { name: '查看数据' })
  await expect(shown.or(panel.getByText('这段时间没有数据'))).toBeVisible()
  if (await shown.isVisible()) {
    await expect(panel.locator('canvas')).toBeVisible()
    await shown.click()
    await panel.getByRole('link').first().click()
    await expect(page).toHaveURL(/\/records\//)
  } else {
    await expect(panel).toContainText('这段时间没有数据')
  }
})

for (const theme of themes) {
  test(`the dashboard is accessible, ${theme}`, async ({ as }) => {
    const page = await as('ken0', { theme })
    await page.goto('/?period=year')
    await expect(page.locator('.tile-value').first()).toBeVisible()
    await expect(page.locator('.panel-bone')).toHaveCount(0)
    await expectAccessible(page)
  })
}

test('on a phone it is one column, in English too', async ({ as }) => {
  const page = await as('stephen0', { viewport: { width: 390, height: 844 }, lang: 'en' })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
})
