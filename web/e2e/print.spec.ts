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
