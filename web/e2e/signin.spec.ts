import { password } from './setup'
import { expect, expectAccessible, find, signIn, test } from './stage'

test('a wrong password opens nothing and does not say what was wrong', async ({ nobody }) => {
  const page = await nobody()
  for (const login of ['linda3', 'nobody-of-that-name']) {
    await signIn(page, login, 'not the password')
    await expect(page.getByRole('alert')).toHaveText('账号或密码不正确。')
    await expect(page).toHaveURL(/sign-in/)
  }
  await expectAccessible(page)
})

test('a link leads through the sign-in to where it pointed', async ({ nobody }) => {
  const page = await nobody()
  await page.goto('/records/contract?sort=-number')
  await expect(page).toHaveURL(/sign-in/)
  await page.locator('#login').fill('tete0')
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page).toHaveURL(/\/records\/contract\?sort=-number/)
  await expect(page.getByRole('heading', { name: '合同' })).toBeVisible()
})

test('a session that ends leads to the sign-in and back', async ({ nobody }) => {
  const page = await nobody()
  await signIn(page, 'tete0')
  await page.getByRole('link', { name: '合同', exact: true }).click()
  await expect(page.getByText('共 140 条')).toBeVisible()
  await page.context().clearCookies({ name: 'guan_session' })
  await page.getByRole('button', { name: '合同编号' }).click()
  await expect(page.getByText(/登录已过期/)).toBeVisible()
  await page.locator('#login').fill('tete0')
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page).toHaveURL(/records\/contract/)
  await expect(page.getByText('共 140 条')).toBeVisible()
})

test('sessions are listed and can be ended from elsewhere', async ({ nobody }) => {
  const here = await nobody()
  const there = await nobody()
  for (const page of [here, there]) {
    await signIn(page, 'ruth0') // nobody else's story: all their other sessions end
    await expect(page.getByRole('navigation')).toBeVisible()
  }
  await here.getByRole('button', { name: /Ruth/ }).click()
  await here.getByRole('link', { name: '账户与安全' }).click()
  await expect(here.getByText('当前设备')).toHaveCount(1)
  await expectAccessible(here)
  const others = here.getByRole('button', { name: /下线/ })
  await expect(others.first()).toBeVisible()
  while ((await others.count()) > 0) {
    const before = await others.count()
    await others.first().click()
    await expect(others).toHaveCount(before - 1)
  }
  await there.reload()
  await expect(there).toHaveURL(/sign-in/)
})

test('signing out leaves nothing behind', async ({ nobody }) => {
  const page = await nobody()
  await signIn(page, 'tete0')
  await page.getByRole('link', { name: '合同', exact: true }).click()
  await expect(page.getByText('共 140 条')).toBeVisible()
  const [first] = (await find(page, 'contract', { limit: '1' })).items
  await page.getByRole('button', { name: /Tete/ }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await page.goBack()
  await expect(page).toHaveURL(/sign-in/)
  await expect(page.getByText(String(first?.title))).toHaveCount(0)
  const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length])
  // The router keeps scroll positions in the session; it knows nothing of records.
  expect([kept[0], kept[2]]).toEqual([0, 0])
})
