import type { Locator, Page } from '@playwright/test'
import { expect, openList, test } from './stage'
import { looks, pace, thread } from './thread'

// What a first visit and an answer to a hand cost: bytes over the wire and time of the main thread,
// by the browser's own counters. Of them comes how long somebody waits on a line and a machine that
// are not here: the ways there and back, the bytes, and the thread at that machine's speed.

const profiles = {
  desk: { rate: 10_000, way: 40, slower: 1, ms: 1500 }, // kbit/s, ms
  phone: { rate: 1_600, way: 150, slower: 4, ms: 3500 },
}

/** The connection, the page, its program, the part of it that the page needs, and the data. */
const ways = 5

/** From nothing to the rows of a list: kilobytes, and milliseconds of this machine's main thread. */
async function start(page: Page) {
  await page.goto('about:blank')
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  let bytes = 0
  wire.on('Network.loadingFinished', (done) => {
    bytes += done.encodedDataLength
  })
  const busy = await thread(page)
  const before = await busy()
  await openList(page, 'contract')
  // An assertion that has to wait describes the whole page each time it looks, on the page's own thread.
  await page.locator('.grid-row').first().waitFor()
  const ms = (await busy()) - before
  await wire.detach()
  return { kB: bytes / 1000, ms }
}

test('a list is there in the time that people give it', async ({ as }) => {
  test.setTimeout(900_000)
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  // What else the machine does only adds to a time: of some, the least is nearest to the page's own.
  let here = Infinity
  const cold = { kB: 0, ms: Infinity }
  const warm = { kB: 0, ms: Infinity }
  const keep = (least: typeof cold, now: typeof cold) => Object.assign(least, { kB: Math.max(least.kB, now.kB), ms: Math.min(least.ms, now.ms) })
  const waits = ({ kB, ms }: typeof cold, on: (typeof profiles)['desk']) => ways * on.way + (kB * 8000) / on.rate + (ms / here) * on.slower
  const misses = () => Object.values(profiles).some((on) => waits(cold, on) > on.ms) || waits(warm, profiles.desk) > 1200
  for (let look = 0; look < 3 || (look < looks && misses()); look++) {
    here = Math.min(here, await pace(page))
    // Signing in has filled the cache; a first visit has none.
    await wire.send('Network.clearBrowserCache')
    keep(cold, await start(page))
    keep(warm, await start(page))
  }
  for (const [name, on] of Object.entries(profiles)) {
    const ms = waits(cold, on)
    console.log(`first visit, ${name}: ${cold.kB.toFixed(0)} kB and ${cold.ms.toFixed(0)} ms of a main thread ${here.toFixed(1)} times slower: ${ms.toFixed(0)} ms`)
    expect(ms, name).toBeLessThanOrEqual(on.ms)
  }
  const again = waits(warm, profiles.desk)
  console.log(`another visit: ${warm.kB.toFixed(0)} kB and ${warm.ms.toFixed(0)} ms: ${again.toFixed(0)} ms`)
  expect(again).toBeLessThanOrEqual(1200)
})

/** Until the thread has nothing left to do: what a page does after it stands is not the answer to a hand. */
async function idle(page: Page, busy: () => Promise<number>) {
  for (let before = await busy(), now = Infinity; now - before > 10; ) {
    before = await busy()
    await page.waitForTimeout(400)
    now = await busy()
  }
}

/** Until what was done has been painted. */
const painted = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

test('an answer to a hand takes a phone at most 200 ms', async ({ as }) => {
  test.setTimeout(900_000)
  const page = await as('linda3')
  const row = page.locator('.grid-row').first()
  const at = async (what: Locator) => {
    const box = await what.boundingBox()
    if (!box) throw new Error('no box to mark, or no filter')
    return () => page.mouse.click(box.x + 8, box.y + 8)
  }
  const panel = page.getByRole('form', { name: '筛选条件' })
  const acts = (mark: () => Promise<void>, press: () => Promise<void>): [string, () => Promise<void>, () => Promise<void>][] => [
    ['marking a row', mark, () => expect(page.getByText('已选择 1 条')).toBeVisible()],
    ['opening the filter', press, () => expect(panel).toBeVisible()],
    ['closing the filter', press, () => expect(panel).toHaveCount(0)],
    ['opening the filter again', press, () => expect(panel).toBeVisible()],
    ['opening the palette', () => page.keyboard.press('Control+k'), () => expect(page.getByRole('combobox', { name: '搜索与命令' })).toBeVisible()],
  ]
  // What a page fetches when it is first asked for comes after the answer, as on the phone's line.
  await page.route('**/assets/**', async (route) => {
    await new Promise((on) => setTimeout(on, profiles.phone.way))
    await route.continue()
  })
  const busy = await thread(page)
  const least = new Map<string, number>()
  let here = Infinity
  const onPhone = (ms: number) => (ms / here) * profiles.phone.slower
  for (let look = 0; look === 0 || (look < looks && [...least.values()].some((ms) => onPhone(ms) > 200)); look++) {
    await openList(page, 'contract')
    await expect(row).toBeVisible()
    here = Math.min(here, await pace(page))
    for (const [name, act, seen] of acts(await at(row.locator('input[type=checkbox]')), await at(page.getByRole('button', { name: /筛选/ })))) {
      await idle(page, busy)
      const before = await busy()
      await act()
      await painted(page)
      least.set(name, Math.min(least.get(name) ?? Infinity, (await busy()) - before))
      await seen()
    }
  }
  for (const [name, ms] of least) {
    console.log(`${name}: ${onPhone(ms).toFixed(0)} ms on a phone`)
    expect.soft(onPhone(ms), name).toBeLessThanOrEqual(200)
  }
})
