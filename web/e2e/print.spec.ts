import { expect, find, test } from './stage'

// A page on paper: the record from head to end, without what only a screen can use, under the mark.
test('a record on paper is whole, white and marked, without navigation and buttons', async ({ as }) => {
  const page = await as('linda3', { theme: 'dark' })
  const [customer] = (await find(page, 'customer', { limit: '1' })).items
  await page.goto(`/records/customer/${customer?.id}`)
  const record = page.locator('article.record')
  await expect(record.getByRole('heading', { level: 1 })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.side')).toBeHidden()
  await expect(page.locator('main .btn:visible')).toHaveCount(0)
  for (const box of [record, page.locator('.page > main'), page.locator('.page'), page.locator('.shell')]) {
    expect(await box.evaluate((e) => [getComputedStyle(e).overflowY, e.clientHeight >= e.scrollHeight])).toEqual(['visible', true])
  }
  expect(await page.locator('body').evaluate((e) => getComputedStyle(e).backgroundColor)).toBe('rgb(255, 255, 255)')
  const host = page.locator('html > div[popover]')
  await expect(host).toHaveCSS('background-image', /url\("data:image\/png/)
  await expect(host).toHaveCSS('position', 'fixed')
  await expect(host).toHaveCSS('print-color-adjust', 'exact')
})

// The code stands on paper whether the company shows it on the screen or not.
for (const screen of [true, false]) {
  test(`each sheet has a line with the code at its foot ${screen ? 'beside the mark over the screen' : 'where the screen has no mark'}`, async ({ as }) => {
    const page = await as('linda3')
    const { watermark } = (await (await page.request.get('/api/v1/me')).json()) as { watermark: { code: string; name: string } }
    await page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch()
      const me = (await answer.json()) as { watermark: object }
      await route.fulfill({ response: answer, json: { ...me, watermark: { ...me.watermark, screen } } })
    })
    await page.goto('/records/customer')
    await expect(page.locator('.grid-row').first()).toBeVisible()
    await expect(page.locator('html > div[popover]')).toHaveCount(screen ? 1 : 0)
    const line = page.locator('.print-mark')
    await expect(line).toHaveCount(0)
    await page.emulateMedia({ media: 'print' })
    await expect(line).toBeVisible()
    await expect(line).toContainText(watermark.name)
    await expect(line).toContainText(watermark.code)
    await expect(line).toHaveCSS('position', 'fixed')
    expect(await page.locator('.shell').evaluate((e) => [getComputedStyle(e).display, getComputedStyle(e, '::after').display])).toEqual(['table', 'table-footer-group'])
    await page.emulateMedia({ media: 'screen' })
    await expect(line).toHaveCount(0)
  })
}

test('a list on paper has all the rows that it has read', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/records/customer')
  const rows = page.locator('.grid-row')
  await expect(rows.first()).toBeVisible()
  const inSight = await rows.count()
  await page.emulateMedia({ media: 'print' })
  await expect.poll(() => rows.count()).toBeGreaterThan(inSight)
  await expect(page.locator('.list-tools')).toBeHidden()
})
