import type { Page } from '@playwright/test'
import { expect, inTurn, test } from './stage'

// Bytes over the wire for a first visit, everything counted. They are the same on every machine.

async function weigh(page: Page, path: string, ready: string): Promise<number> {
  await page.goto('about:blank') // what the page before was still reading does not count
  const wire = await page.context().newCDPSession(page)
  let bytes = 0
  await wire.send('Network.enable')
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true })
  wire.on('Network.loadingFinished', (done) => {
    bytes += done.encodedDataLength
  })
  await page.goto(path)
  await expect(page.locator(ready).first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  return Math.round(bytes / 1000)
}

test('the sign-in page weighs at most 150 kB', async ({ nobody }) => {
  const weight = await weigh(await nobody(), '/sign-in', '#login')
  console.log(`sign-in, cold: ${weight} kB`)
  expect(weight).toBeLessThanOrEqual(150)
})

test('a list page weighs at most 260 kB', async ({ as }) => {
  const weight = await weigh(await as('linda3'), '/records/contract', '.grid-row')
  console.log(`list, cold: ${weight} kB`)
  expect(weight).toBeLessThanOrEqual(260)
})

test('a page of the administrator weighs at most 160 kB more than the shell', async ({ as }) => {
  const page = await as('stephanie0')
  const shell = await weigh(page, '/nowhere', '.state')
  const pages = [
    ['/org', '[role=treeitem]'],
    ['/policy/packs', 'main h2'],
    ['/policy/matrix', '[role=gridcell]'],
    ['/policy/rules', '.rule-line'],
    ['/policy/drafts', 'main'],
    ['/policy/versions', 'main table'],
    ['/policy/approvals', '.chain li'],
    ['/policy/exports', '.export-control h2'],
    ['/requests', 'main h1'],
    ['/data/imports', 'main h1'],
    ['/data/exports', 'main h1'],
  ] as const
  for (const [path, ready] of inTurn(pages, 2)) {
    const weight = (await weigh(page, path, ready)) - shell
    console.log(`${path}, cold, on top of the shell's ${shell} kB: ${weight} kB`)
    expect(weight, path).toBeLessThanOrEqual(160)
  }
})
