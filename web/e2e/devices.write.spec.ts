import { type Browser, expect, type Page, test } from '@playwright/test'
import { codeOf } from './authenticator'
import { browse, type Empty, serveEmpty } from './empty'
import { expectAccessible } from './stage'

// What a company asks of sign-ins, as its administrator sets it: an installation of their own, since it is
// asked of everybody in it. Addresses are those that a proxy says.

const secret = 'my own password'
const admin = 'sunh'
let at: Empty

test.beforeAll(async ({ request }) => {
  at = await serveEmpty('devices', ['--trust-proxy', '127.0.0.0/8'])
  const code = new URL(at.link).hash.slice('#code='.length)
  const made = await request.post(`${at.url}/api/v1/setup`, {
    data: { code, company: { name: '关雎安防' }, admin: { name: '孙浩', login: admin, password: secret, sees_all: true }, trade: 'retail', lang: 'zh', sample: false, units: [{ name: '门店', type: 'store', parent: '' }] },
  })
  expect(made.status(), await made.text()).toBe(201)
})
test.afterAll(() => at.stop())

async function enter(page: Page, login: string) {
  await page.goto('/sign-in')
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(secret)
  await page.locator('button[type=submit]').click()
}

const signedIn = (page: Page) => expect(page).not.toHaveURL(/sign-in/)

/** A browser elsewhere. */
async function from(browser: Browser, network: string, options: { width?: number; height?: number } = {}) {
  const page = await browse(browser, at, options)
  await page.context().setExtraHTTPHeaders({ 'X-Forwarded-For': network })
  return page
}

async function newcomer(page: Page, name: string, login: string) {
  const headers = { Origin: at.url }
  const units = (await (await page.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const made = await page.request.post('/api/v1/records/person', { headers, data: { fields: { name, login, unit: units.items[0]?.id } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect((await page.request.put(`/api/v1/org/people/${id}/password`, { headers, data: { password: secret } })).status()).toBe(204)
  return id
}

test('the administrator says what sign-ins take; one out of the ordinary freezes, and a new device waits for a nod', async ({ browser }) => {
  const desk = await from(browser, '203.0.113.5')
  await enter(desk, admin)
  await signedIn(desk)
  const frozen = await newcomer(desk, '冻结 一', 'dong')
  const waiting = await newcomer(desk, '等待 二', 'deng')

  // The settings: now is no usual hour.
  await desk.goto('/org/sign-in')
  const hour = (Number(new Date().toLocaleString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit' })) + 3) % 24
  const text = (h: number) => `${String(h % 24).padStart(2, '0')}:00`
  await desk.getByLabel('发现异常时冻结账号').check()
  await desk.getByLabel('常用时段从').selectOption(text(hour))
  await desk.getByRole('combobox', { name: /^到/ }).selectOption(text(hour + 2))
  await desk.getByLabel('已启用的员工至少保留一种，不能自行全部停用').check()
  await desk.getByLabel('设备多少天未使用后，按新设备处理').fill('30')
  const save = desk.getByRole('button', { name: '保存', exact: true })
  await save.click()
  await expect(desk.getByText('登录安全设置已保存')).toBeVisible()
  await desk.reload()
  await expect(desk.getByLabel('设备多少天未使用后，按新设备处理')).toHaveValue('30')
  await expect(desk.getByLabel('常用时段从')).toHaveValue(String(hour))
  await expectAccessible(desk)
  // Who lets others wait must not wait themselves.
  await desk.getByLabel('须经管理员允许').check()
  await save.click()
  await expect(desk.getByRole('alert')).toHaveText('请先为您自己启用二次验证：否则您的新设备也要等别人允许。')

  // Frozen: the account stands still wherever it is open, and goes on when it is thawed.
  const shop = await from(browser, '203.0.113.7')
  const told = shop.waitForResponse((answer) => answer.url().endsWith('/api/v1/session/stream'))
  await enter(shop, 'dong')
  await signedIn(shop)
  await told
  const far = await from(browser, '198.51.100.7', { width: 390, height: 844 })
  await enter(far, 'dong')
  await expect(far.getByRole('alert')).toHaveText('账号已冻结：请填写一个恢复码，或请管理员解除。')
  await expectAccessible(far)
  await expect(shop).toHaveURL(/sign-in/)
  await desk.goto(`/org?person="${frozen}"`)
  await expect(desk.getByText('异常时间从陌生地点登录')).toBeVisible()
  await expectAccessible(desk)
  await desk.getByRole('button', { name: '解除冻结' }).click()
  await expect(desk.getByText('已冻结')).toHaveCount(0)
  await shop.goto('/account')
  await expect(shop.getByRole('heading', { name: '账户与安全' })).toBeVisible()

  // The nod, by an administrator who has a second factor.
  const begun = (await (await desk.request.post('/api/v1/factor', { headers: { Origin: at.url }, data: { password: secret } })).json()) as { secret: string }
  expect((await desk.request.post('/api/v1/factor/confirm', { headers: { Origin: at.url }, data: { code: codeOf(begun.secret, 0) } })).status()).toBe(200)
  await desk.goto('/org/sign-in')
  await desk.getByLabel('须经管理员允许').check()
  await save.click()
  await expect(desk.getByText('登录安全设置已保存')).toBeVisible()
  const phone = await from(browser, '203.0.113.8', { width: 390, height: 844 })
  await enter(phone, 'deng')
  await expect(phone.getByRole('alert')).toHaveText('这是一台新设备，已通知管理员。管理员允许后，请再次登录。')
  await expectAccessible(phone)
  await desk.getByRole('button', { name: /通知/ }).first().click()
  await expect(desk.getByText(/等待 二/).first()).toBeVisible()
  await desk.goto(`/org?person="${waiting}"`)
  await expect(desk.getByText('等待允许')).toBeVisible()
  await desk.getByRole('button', { name: /^允许.*登录$/ }).click()
  await expect(desk.getByText('等待允许')).toHaveCount(0)
  await enter(phone, 'deng')
  await signedIn(phone)
})
