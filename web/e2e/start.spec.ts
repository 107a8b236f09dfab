import { expect, openList, test } from './stage'
import { pace, thread } from './thread'

// What a first visit and an answer to a hand cost the main thread, by the browser's own counters.
// A phone is taken to be four times as slow, at 1.6 Mbit/s and 150 ms away: of its 3.5 seconds the
// bytes of the budget take 1.3 and five ways there and back 0.75, which leaves 360 ms of this thread.

const phone = 360

test('a list is there in the time that a phone has', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('about:blank')
  const slower = await pace(page)
  const busy = await thread(page)
  const before = await busy()
  await openList(page, 'contract')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  const ms = (await busy()) - before
  console.log(`list, from nothing to its rows: ${ms.toFixed(0)} ms of main thread, on a machine ${slower.toFixed(1)} times slower`)
  expect(ms).toBeLessThanOrEqual(phone * slower)
})

// 200 ms on a phone.
test('an answer to a hand takes at most 50 ms of the main thread', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'contract')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  const filter = page.getByRole('button', { name: /筛选/ })
  const acts: [string, () => Promise<void>, () => Promise<void>][] = [
    ['opening the filter', () => filter.click(), () => expect(filter).toHaveAttribute('aria-expanded', 'true')],
    ['marking a row', () => page.locator('.grid-row input[type=checkbox]').first().click(), () => expect(page.getByText('已选择 1 条')).toBeVisible()],
    ['opening the palette', () => page.keyboard.press('Control+k'), () => expect(page.getByRole('combobox', { name: '搜索与命令' })).toBeVisible()],
  ]
  const slower = await pace(page)
  const busy = await thread(page)
  for (const [name, act, seen] of acts) {
    const before = await busy()
    await act()
    await seen()
    const ms = (await busy()) - before
    console.log(`${name}: ${ms.toFixed(0)} ms of main thread`)
    expect(ms, name).toBeLessThanOrEqual(50 * slower)
  }
})
