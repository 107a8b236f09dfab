import type { Page } from '@playwright/test'
import { codeOf, formerCodeOf } from './authenticator'
import { expect, expectAccessible, signIn, test, withinADay } from './stage'

const phone = { width: 390, height: 844 }
const secret = 'a password of their own'
const number = '6222020200112233445'

const made = async (page: Page, path: string, data: object): Promise<{ id: string }> => {
  const answer = await page.request.post(path, { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as { id: string }
}

/** A seller of this story's own, with a customer whose account they see masked. */
async function seller(admin: Page, boss: Page) {
  const login = `r${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`
  const units = (await (await admin.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const { id } = await made(admin, '/api/v1/records/person', { fields: { name: '明文 一', login, unit: units.items[0]?.id } })
  expect((await admin.request.put(`/api/v1/org/people/${id}/password`, { data: { password: secret } })).status()).toBe(204)
  await made(admin, '/api/v1/policy/assignments', { pack: 'sales', who: { person: id } })
  const customer = await made(boss, '/api/v1/records/customer', { fields: { name: `明文客户 ${login}`, type: 'company', owner: id, bank_account: number } })
  return { login, path: `/records/customer/${customer.id}` }
}

test('a masked account is shown for a reason and a moment: on a phone after the second factor, at a desk until the time is over', async ({ as, nobody }) => {
  await withinADay(async () => {
    const { login, path } = await seller(await as('stephanie0'), await as('ken0'))
    const page = await nobody({ viewport: phone })
    await signIn(page, login, secret)
    await expect(page).not.toHaveURL(/sign-in/)
    const begun = (await (await page.request.post('/api/v1/factor', { data: { password: secret } })).json()) as { secret: string }
    expect((await page.request.post('/api/v1/factor/confirm', { data: { code: await formerCodeOf(begun.secret) } })).status()).toBe(200)
    // On a device that is known the password opens a session in which nothing is proved.
    expect((await page.request.post('/api/v1/session', { data: { login, password: secret } })).status()).toBe(200)

    await page.goto(path)
    const eye = page.getByRole('button', { name: '查看银行账号的明文' })
    await expect(eye).toBeVisible()
    await expect(page.getByText(number)).toHaveCount(0)
    await expectAccessible(page)
    await eye.click()
    const dialog = page.getByRole('dialog', { name: '查看“银行账号”的明文' })
    await expect(dialog.getByText('今天还可查看 50 次（每天 50 次）')).toBeVisible()
    await expect(dialog.getByText('需要二次验证')).toBeVisible()
    await expect(dialog.getByRole('button', { name: '查看明文' })).toBeDisabled()
    await dialog.getByRole('button', { name: '开票核对' }).click()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '查看明文' }).click()
    const proof = page.getByRole('dialog', { name: '二次验证' })
    await proof.getByLabel('验证码').fill(codeOf(begun.secret, 0))
    await proof.getByRole('button', { name: '验证', exact: true }).click()
    await expect(page.getByText(number)).toBeVisible()
    await expect(dialog).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: '立即隐藏银行账号' }).click()
    await expect(page.getByText(number)).toHaveCount(0)
    await expect(eye).toBeVisible()

    const desk = await nobody()
    await signIn(desk, login, secret)
    await desk.getByLabel('验证码').fill(codeOf(begun.secret, 1))
    await desk.getByRole('button', { name: '登录' }).click()
    await expect(desk).not.toHaveURL(/sign-in/)
    await desk.clock.install()
    await desk.goto(path)
    const show = async () => {
      await desk.getByRole('button', { name: '查看银行账号的明文' }).click()
      const form = desk.getByRole('dialog', { name: '查看“银行账号”的明文' })
      await form.getByLabel('查看原因').fill('客户来电核对账号')
      await form.getByRole('button', { name: '查看明文' }).click()
      await expect(desk.getByText(number)).toBeVisible()
    }
    await show()
    await desk.clock.fastForward('00:31')
    await expect(desk.getByText(number)).toHaveCount(0)
    // Out of sight it is gone as well.
    await show()
    await desk.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect(desk.getByText(number)).toHaveCount(0)
    const day = (await (await desk.request.get('/api/v1/reveal/today')).json()) as { left: number }
    expect(day.left).toBe(47)

    // The number of the day comes to its end: it is said before anything is asked, and again to who asks in a page
    // that was open before.
    await desk.reload()
    await desk.getByRole('button', { name: '查看银行账号的明文' }).click()
    const form = desk.getByRole('dialog', { name: '查看“银行账号”的明文' })
    await expect(form.getByText('今天还可查看 47 次（每天 50 次）')).toBeVisible()
    for (let left = 46; left >= 0; left--) {
      const answer = await desk.request.post(`/api/v1${path}/reveal`, { data: { field: 'bank_account', reason: '批量核对' } })
      expect(await answer.json()).toMatchObject({ left })
    }
    await form.getByLabel('查看原因').fill('客户来电核对账号')
    await form.getByRole('button', { name: '查看明文' }).click()
    await expect(form.getByRole('alert')).toHaveText('今天查看明文的次数已用完（每天 50 次），明天再来。')
    await expect(desk.getByText(number)).toHaveCount(0)
    await expectAccessible(desk)
    await desk.reload()
    await desk.getByRole('button', { name: '查看银行账号的明文' }).click()
    await expect(form.getByText('今天还可查看 0 次（每天 50 次）')).toBeVisible()
    await expectAccessible(desk)
  })
})

test('what revealing takes is set beside the security of sign-ins', async ({ as }) => {
  const page = await as('stephanie0')
  await page.goto('/org/sign-in')
  const part = page.getByRole('region', { name: '查看明文' })
  await expect(part.getByLabel('证件与账号')).toBeChecked()
  await part.getByLabel('每人每天最多次数').fill('1001')
  await part.getByRole('button', { name: '保存查看明文设置' }).click()
  await expect(part.getByLabel('每人每天最多次数')).toBeFocused() // the browser says what is wrong
  await part.getByLabel('每人每天最多次数').fill('50')
  await part.getByRole('button', { name: '保存查看明文设置' }).click()
  await expect(page.getByText('查看明文的设置已保存')).toBeVisible()
  await expectAccessible(page)
})
