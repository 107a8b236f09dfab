import type { Locator, Page } from '@playwright/test'

// What the main thread of a page is busy with, by the browser's own counters: no wall time.

/** Gives a function that tells how many milliseconds the main thread has worked until now. */
export async function thread(page: Page): Promise<() => Promise<number>> {
  const wire = await page.context().newCDPSession(page)
  await wire.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await wire.send('Performance.getMetrics')
    return (metrics.find((m) => m.name === 'TaskDuration')?.value ?? 0) * 1000
  }
}

/** Milliseconds of the main thread for each frame in which the box scrolls on. */
export async function perFrame(page: Page, box: Locator, from: { x: number; y: number }, by: { x: number; y: number }, frames: number) {
  const busy = await thread(page)
  const scroll = (many: number) =>
    box.evaluate(
      (element, [x, y, n]) =>
        new Promise<void>((done) => {
          let left = n
          const step = () => {
            if (left-- === 0) return done()
            element.scrollBy(x, y)
            requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        }),
      [by.x, by.y, many] as const,
    )
  await box.evaluate((element, { x, y }) => element.scrollTo(x, y), from)
  await scroll(20)
  const before = await busy()
  await scroll(frames)
  return ((await busy()) - before) / frames
}

/** How often something is measured at most. */
export const looks = 8

/**
 * Whether something costs at most so many milliseconds on the machine that the budgets are kept on. What else this one
 * does only adds to a time: the least of some is nearest to the page's own, and what a page takes it takes each time.
 */
export async function least(page: Page, budget: number, measure: () => Promise<number>) {
  let ms = Infinity
  let slower = Infinity
  for (let look = 0; look === 0 || (look < looks && ms > budget * slower); look++) {
    ms = Math.min(ms, await measure())
    slower = Math.min(slower, await pace(page))
  }
  return { ms, slower, allowed: budget * slower }
}

/** What the work of `pace` takes on the machine that the budgets are kept on, in milliseconds. */
const baseline = 200

/**
 * How many times slower than that machine this one is, now: the same work of building, measuring and
 * dropping a table of 2,000 cells, ten times, in an empty page. A budget of time is multiplied by it.
 */
export async function pace(page: Page): Promise<number> {
  const blank = await page.context().newPage()
  const busy = await thread(blank)
  const before = await busy()
  await blank.evaluate(() => {
    for (let turn = 0; turn < 10; turn++) {
      const table = document.createElement('div')
      for (let row = 0; row < 200; row++) {
        const line = table.appendChild(document.createElement('div'))
        for (let cell = 0; cell < 10; cell++) line.appendChild(document.createElement('span')).textContent = `${row} × ${cell}`
      }
      document.body.append(table)
      table.getBoundingClientRect()
      table.remove()
    }
  })
  const ms = (await busy()) - before
  await blank.close()
  return Math.max(1, ms / baseline)
}
