import type { Page } from '@playwright/test'
import { codeOf, formerCodeOf } from './authenticator'
import { expect, expectAccessible, signIn, test } from './stage'

const phone = { width: 390, height: 844 }
const secret = 'a password of their own'
const administrator = 'stephanie0'

/** Somebody whom nobody else's story knows. */
async function newcomer(admin: Page, name: string) {
  const login = `f${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`
  const units = (await (await admin.request.get('/api/v1/org/units')).json()) as { items: { id: string }[] }
  const made = await admin.request.post('/api/v1/records/person', { data: { fields: { name, login, unit: units.items[0]?.id } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect((await admin.request.put(`/api/v1/org/people/${id}/password`, { data: { password: secret } })).status()).toBe(204)
  return { id, login }
}

test('a second factor is set up, asked for on another device, and stands in for by a recovery code', async ({ as, nobody }) => {
  const { login } = await newcomer(await as(administrator), '验证 一')
  const page = await nobody()
  await signIn(page, login, secret)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.goto('/account')
  await page.getByRole('button', { name: '启用身份验证器' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('当前密码').fill('not the password')
  await dialog.getByRole('button', { name: '下一步' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('当前密码不正确。')
  await dialog.getByLabel('当前密码').fill(secret)
  await dialog.getByRole('button', { name: '下一步' }).click()
  await expect(dialog.getByRole('img', { name: '密钥的二维码' })).toBeVisible()
  await expectAccessible(page)
  const key = (await dialog.locator('code').textContent()) ?? ''
  // The codes of three half minutes are good: each is shown once.
  await dialog.getByLabel('6 位数字').fill(await formerCodeOf(key))
  await dialog.getByRole('button', { name: '启用' }).click()
  const codes = page.getByRole('dialog', { name: '恢复码' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  const recovery = (await codes.getByRole('listitem').first().textContent()) ?? ''
  await expectAccessible(page)
  await codes.getByLabel('我已保存好这些恢复码').check()
  await codes.getByRole('button', { name: '完成' }).click()
  await expect(page.getByText('剩余 10 个恢复码')).toBeVisible()
  await expectAccessible(page)

  const other = await nobody({ viewport: phone })
  await signIn(other, login, secret)
  await expect(other.getByLabel('验证码')).toBeFocused()
  await other.getByLabel('验证码').fill('000000')
  await other.getByRole('button', { name: '登录' }).click()
  await expect(other.getByRole('alert')).toHaveText('验证码不正确，或者已经用过。')
  await expectAccessible(other)
  await other.getByLabel('验证码').fill(codeOf(key, 0))
  await other.getByRole('button', { name: '登录' }).click()
  await expect(other).not.toHaveURL(/sign-in/)

  const lost = await nobody()
  await signIn(lost, login, secret)
  await lost.getByLabel('验证码').fill(recovery)
  await lost.getByRole('button', { name: '登录' }).click()
  await expect(lost).not.toHaveURL(/sign-in/)
  await lost.goto('/account')
  await expect(lost.getByText('剩余 9 个恢复码')).toBeVisible()

  // The first browser is known: the password alone opens it. What wants the factor asks in one dialog,
  // and goes on by itself.
  await page.getByRole('button', { name: '停用身份验证器' }).click()
  await expect(dialog.getByRole('button', { name: '停用身份验证器' })).toBeDisabled()
  await dialog.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: new RegExp('验证 一') }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await signIn(page, login, secret)
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/account')
  await page.getByRole('button', { name: '更换恢复码' }).click()
  const proof = page.getByRole('dialog', { name: '二次验证' })
  await proof.getByLabel('验证码').fill(recovery)
  await proof.getByRole('button', { name: '验证', exact: true }).click()
  await expect(proof.getByRole('alert')).toHaveText('验证码不正确，或者已经用过。')
  await expectAccessible(page)
  await proof.getByLabel('验证码').fill(codeOf(key, 1))
  await proof.getByRole('button', { name: '验证', exact: true }).click()
  await expect(page.getByRole('dialog', { name: '恢复码' }).getByRole('listitem')).toHaveCount(10)
})

test('a lost phone is blocked by an administrator, and its open page goes at once', async ({ as, nobody }) => {
  const admin = await as(administrator)
  const { id, login } = await newcomer(admin, '失机 二')
  const lost = await nobody({ viewport: phone })
  await signIn(lost, login, secret)
  await expect(lost).not.toHaveURL(/sign-in/)
  await lost.goto('/account')
  await lost.getByRole('button', { name: /^给.*命名$/ }).click()
  await lost.getByLabel('设备名称').fill('我的手机')
  await lost.getByRole('button', { name: '保存', exact: true }).click()
  await expect(lost.getByText('我的手机')).toBeVisible()
  await expectAccessible(lost)

  const desk = await nobody()
  await signIn(desk, login, secret)
  await desk.getByRole('button', { name: /通知/ }).first().click()
  await expect(desk.getByText(/您的账号在一台新设备上登录/)).toBeVisible()

  await admin.goto(`/org?person="${id}"`)
  await admin.getByRole('button', { name: '停用我的手机' }).click()
  await expect(admin.getByRole('button', { name: '允许我的手机登录' })).toBeVisible()
  await expectAccessible(admin)
  // Nobody touched the page: it was told.
  await expect(lost.getByText(/登录已过期/)).toBeVisible()
  await signIn(lost, login, secret)
  await expect(lost.getByRole('alert')).toHaveText('这台设备已被停用，请联系管理员。')
  await desk.reload()
  await expect(desk).not.toHaveURL(/sign-in/)
})
