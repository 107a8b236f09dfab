import type { Page } from '@playwright/test'
import { address, expect, expectAccessible, test } from './stage'

const phone = { width: 390, height: 844 }
const secret = 'a password of their own'
const number = '6222020200112233447'

// Passkeys belong to one address; on this machine browsers have them at localhost alone.
const site = () => address().replace('127.0.0.1', 'localhost')

/** An authenticator in the browser of the page, whose person always says yes. */
async function authenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
}

const made = async (page: Page, path: string, data: object): Promise<{ id: string }> => {
  const answer = await page.request.post(path, { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as { id: string }
}

/** A seller of this story's own, with a customer whose account they see masked. */
async function seller(admin: Page, boss: Page) {
  const login = `k${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`
  const units = (await (await admin.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const { id } = await made(admin, '/api/v1/records/person', { fields: { name: '密钥 一', login, unit: units.items[0]?.id } })
  expect((await admin.request.put(`/api/v1/org/people/${id}/password`, { data: { password: secret } })).status()).toBe(204)
  await made(admin, '/api/v1/policy/assignments', { pack: 'sales', who: { person: id } })
  const customer = await made(boss, '/api/v1/records/customer', { fields: { name: `密钥客户 ${login}`, type: 'company', owner: id, bank_account: number } })
  return { login, path: `/records/customer/${customer.id}` }
}

test('a passkey is added, signs in on another device, reveals a field and is removed', async ({ as, nobody }) => {
  const { login, path } = await seller(await as('stephanie0'), await as('ken0'))
  const page = await nobody()
  await authenticator(page)
  const enter = async () => {
    await page.locator('#login').fill(login)
    await page.locator('#password').fill(secret)
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }
  // At another address the page says where passkeys are, and leads there.
  await page.goto('/sign-in')
  await enter()
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/account')
  const factor = page.getByRole('region', { name: '二次验证' })
  await expect(factor.getByRole('link', { name: site() })).toBeVisible()
  await expect(factor.getByRole('button', { name: '添加通行密钥' })).toHaveCount(0)
  await page.goto(`${site()}/sign-in`)
  await enter()
  await expect(page).not.toHaveURL(/sign-in/)

  await page.goto(`${site()}/account`)
  await factor.getByRole('button', { name: '添加通行密钥' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('名称').fill('办公电脑')
  await dialog.getByLabel('当前密码').fill('not the password')
  await dialog.getByRole('button', { name: '创建' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('当前密码不正确。')
  await expectAccessible(page)
  await dialog.getByLabel('当前密码').fill(secret)
  await dialog.getByRole('button', { name: '创建' }).click()
  const codes = page.getByRole('dialog', { name: '恢复码' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  await codes.getByLabel('我已保存好这些恢复码').check()
  await codes.getByRole('button', { name: '完成' }).click()
  const list = factor.getByRole('list', { name: '通行密钥' })
  await expect(list.getByRole('listitem')).toContainText('尚未用过')
  await expectAccessible(page)
  // The same authenticator makes no second one.
  await factor.getByRole('button', { name: '添加通行密钥' }).click()
  await dialog.getByLabel('名称').fill('又一个')
  await dialog.getByRole('button', { name: '创建' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('这台设备上已有您的通行密钥。')
  await dialog.getByRole('button', { name: '取消' }).click()

  // Without its cookies the browser is a new one: the passkey is asked for, and enough.
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await page.goto(`${site()}/sign-in`)
  await enter()
  const byPasskey = page.getByRole('button', { name: '用通行密钥登录' })
  await expect(byPasskey).toBeFocused()
  await expect(page.getByLabel('验证码')).toBeVisible()
  await expectAccessible(page)
  await byPasskey.click()
  await expect(page).not.toHaveURL(/sign-in/)

  // Known, it opens by the password; what wants the second factor asks for the passkey.
  expect((await page.request.post(`${site()}/api/v1/session`, { data: { login, password: secret } })).status()).toBe(200)
  await page.goto(`${site()}${path}`)
  await page.getByRole('button', { name: '查看银行账号的明文' }).click()
  const form = page.getByRole('dialog', { name: '查看“银行账号”的明文' })
  await form.getByRole('button', { name: '开票核对' }).click()
  await form.getByRole('button', { name: '查看明文' }).click()
  const proof = page.getByRole('dialog', { name: '二次验证' })
  await expect(proof.getByLabel('验证码')).toBeVisible()
  await expectAccessible(page)
  await proof.getByRole('button', { name: '用通行密钥验证' }).click()
  await expect(page.getByText(number)).toBeVisible()

  await page.goto(`${site()}/account`)
  await expect(list.getByRole('listitem')).toContainText('用过')
  await expect(list.getByRole('listitem')).not.toContainText('尚未用过')
  await expectAccessible(page)
  await list.getByRole('button', { name: '给通行密钥“办公电脑”改名' }).click()
  await list.getByLabel('名称').fill(' ')
  await list.getByRole('button', { name: '保存' }).click()
  await expect(list.getByRole('alert')).toHaveText('名称为 1 到 40 个字。')
  await expectAccessible(page)
  await list.getByLabel('名称').fill('家里的电脑')
  await list.getByRole('button', { name: '保存' }).click()
  await list.getByRole('button', { name: '移除通行密钥“家里的电脑”' }).click()
  await dialog.getByLabel('当前密码').fill(secret)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '移除' }).click()
  await expect(list).toHaveCount(0)
  await expect(factor.getByText('未启用')).toBeVisible()
})
