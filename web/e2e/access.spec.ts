import { expect, expectAccessible, test, themes } from './stage'

// My access 我的权限: what somebody holds, whence and until when.

test('a seller reads what they hold in sentences, with where it comes from', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/access')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的权限')
  await page.locator('.access-kind').getByRole('button', { name: /^客户/ }).click()
  const way = page.locator('.access-ways > li').filter({ hasText: '自己负责的客户' }).first()
  await expect(way).toContainText('权限包: 销售')
  await expect(way).toContainText('因岗位')
  await expect(way).toContainText('长期有效')
  // Nobody but heads and administrators looks for others.
  await expect(page.getByRole('combobox', { name: '查看谁的权限' })).toHaveCount(0)
})

test('a head looks at their people, and is refused where somebody else heads', async ({ as }) => {
  const page = await as('stephen0')
  await page.goto('/access')
  await page.getByRole('combobox', { name: '查看谁的权限' }).fill('Linda Mitchell')
  await page.getByRole('option').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Linda Mitchell的权限')
  await expect(page.getByRole('button', { name: '归还' })).toHaveCount(0)
  await page.getByRole('combobox', { name: '查看谁的权限' }).fill('Jae Pak')
  await page.getByRole('option').first().click()
  await expect(page.locator('.state')).toBeVisible()
  await expect(page.locator('.access-kind')).toHaveCount(0)
})

for (const theme of themes) {
  test(`on a phone and a desktop nothing stands in anybody’s way, ${theme}`, async ({ as }) => {
    for (const side of [
      { lang: 'zh-CN', viewport: { width: 390, height: 2400 } }, // high enough that no card is cut by the tabs below
      { lang: 'en', viewport: { width: 1440, height: 900 } },
    ] as const) {
      const page = await as('stephanie0', { theme, ...side })
      for (const path of ['/access', '/grants?of=all', '/sandboxes', '/sandboxes/new']) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.bone-rows')).toHaveCount(0)
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
        await expectAccessible(page)
      }
    }
  })
}
