import { conduct } from './conduct'
import { expect, find, test } from './stage'
import { least, perFrame } from './thread'

// What a frame of scrolling costs the main thread. It is measured while no other story plays, for a
// busy core is a slow one.

test('a frame of scrolling through 10,000 rows leaves the page time to spare', async ({ as }) => {
  test.setTimeout(900_000) // most of it is reading 10,000 rows
  const page = await as('ken0')
  await page.goto('/records/customer')
  const grid = page.locator('.grid')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  // The end is asked for again and again.
  await expect
    .poll(
      async () => {
        await grid.evaluate((box) => box.scrollTo(0, box.scrollHeight))
        return grid.evaluate((box) => Math.round(box.scrollHeight / 40))
      },
      { timeout: 600_000, intervals: [150] },
    )
    .toBeGreaterThan(10_000)
  const { ms, slower, allowed } = await least(page, 6, () => perFrame(page, grid, { x: 0, y: 20_000 }, { x: 0, y: 40 }, 240)) // a row a frame
  console.log(`scrolling 10,000 rows: ${ms.toFixed(2)} ms of main thread a frame, on a machine ${slower.toFixed(1)} times slower`)
  expect(ms).toBeLessThanOrEqual(allowed)
})

interface Matrix {
  columns: unknown[]
  rows: { cells: number[] }[]
}

/** The same matrix of a company with fields of its own: its first columns come once more. */
const widened = (real: Matrix): Matrix => {
  const wide = <T>(all: T[]) => [...all, ...all].slice(0, 400)
  return { ...real, columns: wide(real.columns), rows: real.rows.map((row) => ({ ...row, cells: wide(row.cells) })) }
}

test('60 rows of 400 fields scroll in at most 8 ms of the main thread a frame', async ({ as }) => {
  test.setTimeout(900_000)
  const page = await as('stephanie0')
  await page.goto('/policy/packs')
  await conduct(page, /^\/api\/v1\/policy\/matrix$/, widened)
  const people = await find(page, 'person', { limit: '60' })
  await page.goto(`/policy/matrix?on=person&part=fields&ids=${encodeURIComponent(JSON.stringify(people.items.map((p) => p.id)))}`)
  const grid = page.getByRole('grid', { name: '权限矩阵' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  const rows = Number(await grid.getAttribute('aria-rowcount')) - 2
  const columns = Number(await grid.getAttribute('aria-colcount')) - 1
  expect(rows).toBeGreaterThanOrEqual(60)
  expect(columns).toBe(400)
  for (const [name, by] of [
    ['across', { x: 60, y: 0 }],
    ['down', { x: 0, y: 9 }],
    ['both ways', { x: 60, y: 8 }],
  ] as const) {
    const { ms, slower, allowed } = await least(page, 8, () => perFrame(page, grid, { x: 0, y: 0 }, by, 120))
    console.log(`matrix ${rows} × ${columns}, ${name}, ${by.x} and ${by.y} px a frame: ${ms.toFixed(2)} ms of main thread, on a machine ${slower.toFixed(1)} times slower`)
    expect(ms, name).toBeLessThanOrEqual(allowed)
  }
})
