import type { Page } from '@playwright/test'
import { expect, expectAccessible, find, test } from './stage'

// The mark over the pages: it is there, it comes back, and its code leads to who sat before them.

interface Mark {
  name: string
  tail: string
  code: string
}

const markOf = async (page: Page) => ((await (await page.request.get('/api/v1/me')).json()) as { watermark?: Mark }).watermark

/** How many points of a part of the screen are not as its corner: none where nothing stands. */
async function points(page: Page, clip: { x: number; y: number; width: number; height: number }) {
  const png = await page.screenshot({ clip })
  return page.evaluate(async (text) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]))
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    pen?.drawImage(bitmap, 0, 0)
    const all = new Uint32Array(pen?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? new ArrayBuffer(0))
    return all.filter((point) => point !== all[0]).length
  }, png.toString('base64'))
}

// Beside the panels, and beside the form at the door, nothing stands.
const empty = { x: 1240, y: 300, width: 190, height: 560 }
const isMarked = (page: Page) => expect.poll(() => points(page, empty)).toBeGreaterThan(500)

test('the mark lies over the page, over a dialog and on paper, and comes back whatever is done to it', async ({ as, nobody }) => {
  const door = await nobody()
  await door.goto('/sign-in')
  await expect(door.locator('html > div')).toHaveCount(0)
  await expect(door.locator('#login')).toBeVisible()
  expect(await points(door, empty), 'without a mark').toBe(0)

  const page = await as('zainal0')
  await page.goto('/audit/trace')
  await expect(page.getByRole('region', { name: '水印溯源' })).toBeVisible()
  await isMarked(page)
  const host = page.locator('html > div[popover]')
  const done: Record<string, (e: HTMLElement | SVGElement) => void | Promise<void>> = {
    removed: (e) => e.remove(),
    'moved away': (e) => document.body.append(e),
    hidden: (e) => e.setAttribute('hidden', ''),
    'styled away': (e) => {
      for (const [name, value] of Object.entries({ display: 'none', opacity: '0', left: '-9999px' })) e.style.setProperty(name, value, 'important')
    },
    'taken from the top': (e) => e.removeAttribute('popover'),
    closed: (e) => (e as HTMLElement).hidePopover(),
    'covered by a page that fills the screen': () => document.body.requestFullscreen(),
    'overruled by a style sheet': () => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('html > div { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important; clip-path: inset(50%) !important }')
      document.adoptedStyleSheets.push(sheet)
    },
  }
  for (const [what, act] of Object.entries(done)) {
    await test.step(what, async () => {
      await host.evaluate(act)
      await expect(host).toHaveCount(1)
      await isMarked(page)
      await page.evaluate(() => document.fullscreenElement && document.exitFullscreen())
    })
  }
  // It takes no press and is told to nobody who listens.
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => host.evaluate((e) => e.matches(':popover-open'))).toBe(true)
  await page.keyboard.press('Escape')
  await page.locator('.trace-drop button').click({ trial: true })
  await expectAccessible(page)
  const width = await host.evaluate((e) => parseInt(getComputedStyle(e).backgroundSize))
  const printed = async (what: Page) => (await what.pdf()).includes(`/Width ${width}`)
  expect(await printed(page), 'paper shows the tile').toBe(true)
  expect(await printed(door), 'the door does not').toBe(false)
})

test('the code on a list, a record, a board and the home page is that of the session, and leads the auditor to it', async ({ as }) => {
  const seller = await as('linda3', { lang: 'en', theme: 'dark' })
  const [customer] = (await find(seller, 'customer', { limit: '1' })).items
  for (const path of ['/', '/records/customer', `/records/customer/${customer?.id}`, '/records/opportunity?as=board']) {
    await seller.goto(path)
    await expect(seller.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expect(seller.locator('html > div[popover]')).toHaveCount(1)
  }
  const mark = await markOf(seller)
  if (!mark) throw new Error('there is no mark')
  expect(mark.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
  expect(mark.name).toContain('Linda')

  const auditor = await as('zainal0')
  await auditor.goto('/audit/trace')
  const trace = auditor.getByRole('region', { name: '水印溯源' })
  const look = async (typed: string) => {
    await trace.getByRole('textbox', { name: '水印码' }).fill(typed)
    await trace.getByRole('button', { name: '查询' }).click()
  }
  await look(mark.code.toLowerCase().replace('-', ' '))
  const found = trace.getByRole('region', { name: '查询结果' })
  await expect(found.getByText(mark.name)).toBeVisible()
  await expect(found.getByText(mark.code)).toBeVisible()
  await expect(found.getByText('仍在登录中')).toBeVisible()
  await expectAccessible(auditor)
  // A symbol misread leads there all the same.
  await look(`${mark.code.startsWith('2') ? '3' : '2'}${mark.code.slice(1)}`)
  await expect(found.getByText('没有与抄写完全一致的码')).toBeVisible()
  await expect(found.getByText(mark.code)).toBeVisible()
  await look('00000-00000')
  await expect(trace.getByRole('alert')).toHaveText(/没有这个水印码/)
  await look('123')
  await expect(trace.getByRole('alert')).toHaveText(/10 位/)
})
