import { expect, expectAccessible, openList, test } from './stage'

test('a lost connection is said, and what is shown is read anew when it is back', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'contract')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.context().setOffline(true)
  await expect(page.getByText(/与服务器的连接已断开/)).toBeVisible()
  await expect(page.locator('.grid-row').first()).toBeVisible()
  await expectAccessible(page)
  await page.context().setOffline(false)
  await expect(page.getByText(/与服务器的连接已断开/)).toBeHidden()
})

test('out of reach there is a page that says so, and the browser keeps nothing but static files', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'contract')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await expect(page.locator('.grid-row').first()).toBeVisible()
  const kept = await page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname)
    return { paths: paths.sort(), local: Object.keys(localStorage), session: Object.keys(sessionStorage), bases: (await indexedDB.databases()).length }
  })
  expect(kept).toEqual({ paths: ['/offline.css', '/offline.html', '/offline.js'], local: [], session: [], bases: 0 })
  await page.context().setOffline(true)
  await page.goto('/records/customer')
  await expect(page.getByRole('heading', { name: '暂时无法连接到服务器' })).toBeVisible()
  await expectAccessible(page)
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible()
})

test('a browser that cannot run the program is told so', async ({ nobody }) => {
  const page = await nobody()
  await page.addInitScript(() => Object.defineProperty(window, 'structuredClone', { value: undefined }))
  await page.goto('/sign-in')
  await expect(page.getByText('浏览器版本过低')).toBeVisible()
})

test('without scripts the page says what it needs', async ({ nobody }) => {
  const page = await nobody()
  const text = await (await page.request.get('/')).text()
  expect(/<noscript>([\s\S]*)<\/noscript>/.exec(text)?.[1]).toContain('需要启用 JavaScript')
})
