import { expect, expectAccessible, find, inTurn, openList, test, themes } from './stage'

test('the language changes at once, everywhere, and is remembered', async ({ as }) => {
  const page = await as('stephen0')
  await openList(page, 'contract')
  await page.getByRole('button', { name: /Stephen/ }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Contracts' })).toBeVisible()
  await expect(page.locator('.list-count')).toHaveText('2,989 records')
  await expect(page.getByRole('columnheader', { name: 'Number' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Contracts' })).toBeVisible()
  // What is left of Chinese is the language's own name and the company's data.
  const texts = await page.locator('.shell').innerText()
  expect(texts.match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([])
})

test('dark is chosen and remembered', async ({ as }) => {
  const page = await as('stephen0')
  await openList(page, 'customer')
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.getByRole('button', { name: /Stephen/ }).click()
  await page.getByRole('button', { name: '深色' }).click()
  expect(await ground()).not.toBe(light)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('a phone shows cards, nothing sticks out, and all is within reach', async ({ as }) => {
  test.setTimeout(600_000)
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const [store] = (await find(page, 'customer', { limit: '1' })).items
  for (const path of inTurn(['/records/customer', `/records/customer/${store?.id}`, '/org', `/records/customer/${store?.id}/edit`, '/account'], 2)) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const wide = await page.locator('main').evaluate((main) =>
      // What scrolls sideways by itself, as a bar of stages, may go on beyond the edge.
      [...main.querySelectorAll('*')].filter((e) => {
        if (e.getBoundingClientRect().right <= innerWidth + 1 || e.closest('.sr-only')) return false
        for (let up = e.parentElement; up && up !== main; up = up.parentElement) {
          if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return false
        }
        return true
      }).map((e) => e.outerHTML.slice(0, 120)),
    )
    expect(wide, path).toEqual([])
    // High enough that nothing is cut by the bars below: what one scrolls up is as large as it is.
    await page.setViewportSize({ width: 390, height: 2400 })
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
  }
  await page.goto('/records/customer')
  await expect(page.locator('.record-card').first()).toBeVisible()
  await page.getByRole('button', { name: '菜单' }).click()
  await page.getByRole('link', { name: '合同' }).click()
  await expect(page.locator('.list-count')).toHaveText('共 418 条')
})

for (const theme of themes) {
  test(`every page is accessible, ${theme}`, async ({ as, nobody }) => {
    test.setTimeout(600_000)
    const out = await nobody({ theme })
    await out.goto('/sign-in')
    await expect(out.locator('#login')).toBeVisible()
    await expectAccessible(out)

    const page = await as('linda3', { theme })
    const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1' })).items
    const id = store?.id
    const paths = [
      '/records/customer',
      '/records/customer?q=%22nothing-is-called-this%22',
      '/records/contract',
      `/records/customer/${id}`,
      `/records/customer/${id}/edit`,
      '/records/customer/new',
      '/records/customer/9007199254740000',
      '/org',
      '/account',
    ]
    for (const path of inTurn(paths, 3, 2)) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await test.step(path, () => expectAccessible(page))
    }
    await page.goto(`/records/customer/${id}`)
    await page.locator('.masked').first().click()
    await expect(page.locator('.reason').first()).toBeVisible()
    await expectAccessible(page)
    await page.goto('/records/customer')
    await page.getByRole('button', { name: '筛选' }).click()
    await page.getByRole('button', { name: /CEL/ }).click()
    await expect(page.getByLabel('CEL 表达式')).toBeVisible()
    await expectAccessible(page)
  })
}
