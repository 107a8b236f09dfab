import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { expect, expectAccessible, test } from './stage'

interface Message {
  headers: IncomingHttpHeaders
  body: string
}

// The other end of the stream, on loopback.
let server: Server
let status = 200
const came: Message[] = []
test.beforeAll(async () => {
  server = createServer((request, answer) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      came.push({ headers: request.headers, body })
      answer.writeHead(status).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
test.afterAll(() => server.close())

/** What the header of a message has to be when some secrets sign it, by the specification. */
const signed = ({ headers, body }: Message, ...secrets: string[]) =>
  secrets
    .map((secret) => createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ')

test('an administrator rotates the secret of the event stream, which ends where the other end is gone', async ({ as }) => {
  const page = await as('stephanie0')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`
  await page.goto('/alerts?tab=stream')
  const form = page.getByRole('form', { name: '事件推送' })
  const secret = async () => {
    await expect(page.getByText('签名密钥，只显示这一次：')).toBeVisible()
    return (await page.locator('.stream-secret').first().textContent()) ?? ''
  }
  /** The message of a test event, once it is told to have arrived. */
  const tried = async () => {
    const [answered] = await Promise.all([
      page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/stream/test')),
      page.getByRole('button', { name: '发送测试事件' }).click(),
    ])
    const { id } = (await answered.json()) as { id: string }
    await expect(page.getByRole('status').filter({ hasText: '已送达，对方应答 200。' }).locator('code')).toHaveText(id)
    const message = came.find(({ headers }) => headers['webhook-id'] === id)
    if (!message) throw new Error(`${id} did not arrive`)
    return message
  }

  await form.getByLabel('接收地址').fill(url)
  await form.getByLabel('同时发送全部审计条目').check()
  await form.getByRole('button', { name: '保存' }).click()
  const first = await secret()
  let message = await tried()
  expect(message.headers['webhook-signature']).toBe(signed(message, first))

  await form.getByRole('button', { name: '更换密钥' }).click()
  await expect(page.getByText(/旧密钥与新密钥同时签名/)).toBeVisible()
  const second = await secret()
  expect(second).not.toBe(first)
  message = await tried()
  expect(message.headers['webhook-signature']).toBe(signed(message, second, first))
  await expectAccessible(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await expect(page.getByText(/旧密钥与新密钥同时签名/)).toBeVisible()
  await expect(page.getByText(second)).toHaveCount(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: '立即停用旧密钥' }).click()
  await expect(page.getByRole('button', { name: '更换密钥' })).toBeVisible()
  message = await tried()
  expect(message.headers['webhook-signature']).toBe(signed(message, second))

  // The next events meet an end that is gone for good.
  status = 410
  await expect
    .poll(async () => ((await (await page.request.get('/api/v1/alerts/stream')).json()) as { on: boolean }).on, { timeout: 120_000 })
    .toBe(false)
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: /接收方应答 410.*推送因此自动关闭/ })).toBeVisible()
  await expect(form.getByLabel('启用')).not.toBeChecked()
  await expectAccessible(page)

  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/')
  await page.getByRole('button', { name: /^通知/ }).click()
  await page.getByRole('dialog', { name: '通知' }).getByRole('link', { name: /事件推送已自动关闭/ }).first().click()
  await expect(page).toHaveURL(/tab=stream/)

  const auditor = await as('zainal0', { lang: 'en' })
  await auditor.goto('/audit?group=administration')
  await expect(auditor.getByRole('row').filter({ hasText: 'The event stream was switched off' }).first()).toContainText('answered 410')
  await auditor.goto('/alerts?tab=stream')
  await expect(auditor.getByText(/the other end answered 410, its address is gone for good/)).toBeVisible()
})
