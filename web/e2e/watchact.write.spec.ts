import { type Browser, expect, type Page, test } from '@playwright/test'
import { browse, type Empty, serveEmpty } from './empty'
import { expectAccessible } from './stage'

// A company whose detectors do more than tell: an installation of its own, since they mean everybody in it.

const secret = 'my own password'
let at: Empty

test.beforeAll(async ({ request }) => {
  at = await serveEmpty('watchact')
  const code = new URL(at.link).hash.slice('#code='.length)
  const made = await request.post(`${at.url}/api/v1/setup`, {
    data: { code, company: { name: '关雎守望' }, admin: { name: '周守', login: 'zhous', password: secret, sees_all: true }, trade: 'retail', lang: 'zh', sample: false, units: [{ name: '门店', type: 'store', parent: '' }] },
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

async function signedIn(browser: Browser, login: string, options: { width?: number; height?: number } = {}) {
  const page = await browse(browser, at, options)
  await enter(page, login)
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

async function post(page: Page, path: string, data: object) {
  const answer = await page.request.post(path, { headers: { Origin: at.url }, data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as { id: string }
}

test('a detector is set to freeze: who opens a bait record is signed out where they stand, and comes back when they are let in', async ({ browser }) => {
  const desk = await signedIn(browser, 'zhous')
  const units = (await (await desk.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const { id: person } = await post(desk, '/api/v1/records/person', { fields: { name: '郝奇', login: 'haoq', unit: units.items[0]?.id } })
  expect((await desk.request.put(`/api/v1/org/people/${person}/password`, { headers: { Origin: at.url }, data: { password: secret } })).status()).toBe(204)
  await post(desk, '/api/v1/policy/assignments', { pack: 'sales', who: { person } })
  const { id: bait } = await post(desk, '/api/v1/records/customer', { fields: { name: '无人问津', owner: person } })

  await desk.goto('/alerts?tab=detectors')
  const form = desk.getByRole('form', { name: '检测规则' })
  const honey = form.getByRole('group', { name: '打开诱饵记录' })
  await honey.getByLabel('之后').selectOption({ label: '冻结账号' })
  const saved = desk.waitForResponse((r) => r.request().method() === 'PUT' && r.url().endsWith('/alerts/settings'))
  await form.getByRole('button', { name: '保存' }).click()
  expect((await saved).status()).toBe(200)
  await desk.reload()
  await expect(honey.getByLabel('之后')).toHaveValue('freeze')
  await expectAccessible(desk)
  await desk.goto('/alerts?tab=honey')
  await desk.getByLabel('记录链接或客户编号').fill(`/records/customer/${bait}`)
  await desk.getByRole('button', { name: '标记', exact: true }).click()
  await expect(desk.getByRole('listitem').filter({ hasText: '无人问津' })).toBeVisible()

  const phone = await signedIn(browser, 'haoq', { width: 390, height: 844 })
  await phone.goto(`/records/customer/${bait}`)
  await expect(phone.getByRole('heading', { name: '无人问津' })).toBeVisible()
  // Nobody touches the page: it is told.
  await expect(phone.getByText(/登录已过期/)).toBeVisible({ timeout: 60_000 })
  expect((await phone.request.get(`/api/v1/records/customer/${bait}`)).status()).toBe(401)
  await enter(phone, 'haoq')
  await expect(phone.getByRole('alert')).toHaveText('账号已冻结：请填写一个恢复码，或请管理员解除。')
  await expectAccessible(phone)

  const { items } = (await (await desk.request.get('/api/v1/alerts?detector=honey')).json()) as { items: { id: string }[] }
  expect(items).toHaveLength(1)
  await desk.goto(`/alerts?detector=honey&id=${items[0]?.id}`)
  const alert = desk.getByRole('region', { name: '警报详情' })
  await expect(alert.getByRole('heading', { name: '郝奇 · 打开诱饵记录' })).toBeVisible()
  await expect(alert.getByRole('definition').filter({ hasText: '账号已冻结' })).toBeVisible()
  await expectAccessible(desk)

  await desk.goto(`/org?person="${person}"`)
  await desk.getByRole('button', { name: '解除冻结' }).click()
  await expect(desk.getByText('已冻结')).toHaveCount(0)
  await enter(phone, 'haoq')
  await expect(phone).not.toHaveURL(/sign-in/)
})
