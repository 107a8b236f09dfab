import { type Browser, expect, type Page, test } from '@playwright/test'
import { codeOf, formerCodeOf } from './authenticator'
import { browse, type Empty, serveEmpty } from './empty'
import { expectAccessible } from './stage'

// A detector that acts at once is set for a whole company: an installation of its own.

const secret = 'my own password'
let at: Empty

test.beforeAll(async ({ request }) => {
  at = await serveEmpty('detectors')
  const code = new URL(at.link).hash.slice('#code='.length)
  const made = await request.post(`${at.url}/api/v1/setup`, {
    data: { code, company: { name: '关雎守望' }, admin: { name: '孙浩', login: 'sunh', password: secret, sees_all: true }, trade: 'retail', lang: 'zh', sample: false, units: [{ name: '门店', type: 'store', parent: '' }] },
  })
  expect(made.status(), await made.text()).toBe(201)
})
test.afterAll(() => at.stop())

async function enter(browser: Browser, login: string, options: { width?: number; height?: number } = {}): Promise<Page> {
  const page = await browse(browser, at, options)
  await again(page, login)
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

async function again(page: Page, login: string) {
  await page.goto('/sign-in')
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(secret)
  await page.locator('button[type=submit]').click()
}

const headers = () => ({ Origin: at.url })

async function newcomer(desk: Page, name: string, login: string) {
  const units = (await (await desk.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const made = await desk.request.post('/api/v1/records/person', { headers: headers(), data: { fields: { name, login, unit: units.items[0]?.id } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect((await desk.request.put(`/api/v1/org/people/${id}/password`, { headers: headers(), data: { password: secret } })).status()).toBe(204)
  return id
}

/** Somebody tries a record that is not theirs far more often than anybody does who works. */
async function tries(page: Page, path: string) {
  for (let n = 0; n < 12; n++) expect((await page.request.get(path)).status()).toBe(404)
}

test('a detector is set to freeze, and to ask again: whoever trips it is out at once, and comes back', async ({ browser }) => {
  const desk = await enter(browser, 'sunh')
  const frozen = await newcomer(desk, '试探 一', 'shi')
  await newcomer(desk, '试探 二', 'tan')
  const made = await desk.request.post('/api/v1/records/customer', { headers: headers(), data: { fields: { name: '老板的客户' } } })
  expect(made.status(), await made.text()).toBe(201)
  const theirs = `/api/v1/records/customer/${((await made.json()) as { id: string }).id}`
  const follows = async (what: string) => {
    await desk.goto('/alerts?tab=detectors')
    const form = desk.getByRole('form', { name: '检测规则' })
    const one = form.getByRole('group', { name: '大量被拒绝的操作', exact: true })
    await one.getByLabel('下限').fill('2')
    await one.getByLabel('之后').selectOption({ label: what })
    await expectAccessible(desk)
    await form.getByRole('button', { name: '保存' }).click()
    await expect(desk.getByText('已保存')).toBeVisible()
    await desk.reload()
    await expect(one.getByLabel('之后').locator('option:checked')).toHaveText(what)
  }

  await follows('冻结账号')
  const phone = await enter(browser, 'shi', { width: 390, height: 844 })
  await tries(phone, theirs)
  await expect(phone).toHaveURL(/sign-in/, { timeout: 120_000 })
  await again(phone, 'shi')
  await expect(phone.getByRole('alert')).toHaveText('账号已冻结：请填写一个恢复码，或请管理员解除。')
  await expectAccessible(phone)
  await desk.goto('/alerts?detector=denials')
  await desk.getByText('试探 一').first().click()
  await expect(desk.getByRole('region', { name: '警报详情' })).toContainText('账号已冻结')
  await desk.goto(`/org?person="${frozen}"`)
  await expect(desk.getByText('因警报冻结')).toBeVisible()
  await desk.getByRole('button', { name: '解除冻结' }).click()
  await expect(desk.getByText('已冻结')).toHaveCount(0)
  await again(phone, 'shi')
  await expect(phone).not.toHaveURL(/sign-in/)

  await follows('要求二次验证')
  const other = await enter(browser, 'tan')
  await tries(other, theirs)
  await expect(other).toHaveURL(/sign-in/, { timeout: 120_000 }) // who has no second factor is asked for the password
  await again(other, 'tan')
  await expect(other).not.toHaveURL(/sign-in/)

  // Who has one proves it at the next thing they do, and goes on where they were.
  await newcomer(desk, '试探 三', 'san')
  const third = await enter(browser, 'san')
  const begun = (await (await third.request.post('/api/v1/factor', { headers: headers(), data: { password: secret } })).json()) as { secret: string }
  expect((await third.request.post('/api/v1/factor/confirm', { headers: headers(), data: { code: await formerCodeOf(begun.secret) } })).status()).toBe(200)
  await tries(third, theirs)
  await expect.poll(async () => (await third.request.get('/api/v1/notices')).status(), { timeout: 120_000 }).toBe(403)
  await third.goto('/notices')
  const proof = third.getByRole('dialog', { name: '二次验证' })
  await expect(proof).toBeVisible()
  await expectAccessible(third)
  await proof.getByLabel('验证码').fill(codeOf(begun.secret, 0))
  await proof.getByRole('button', { name: '验证', exact: true }).click()
  await expect(proof).toHaveCount(0)
  expect((await third.request.get('/api/v1/notices')).status()).toBe(200)
})
