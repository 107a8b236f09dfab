import { password } from './setup'
import { expect, expectAccessible, find, openList, test } from './stage'

test('an administrator sees what a seller sees, and no value that is not theirs to see', async ({ as }) => {
  const seller = await as('linda3')
  const { items, total } = await find(seller, 'customer', { count: 'capped', limit: '50' })
  const admin = await as('stephanie0')
  await openList(admin, 'task')
  await expect(admin.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '客户', exact: true })).toHaveCount(0)
  await admin.getByRole('button', { name: /Stephanie/ }).click()
  await admin.getByRole('button', { name: '以他人视角查看…' }).click()
  await admin.getByRole('searchbox', { name: /查找员工/ }).fill('Linda')
  await admin.getByRole('dialog').getByRole('button', { name: /Linda Mitchell/ }).click()

  const bar = admin.getByRole('region', { name: /正在以 Linda.* 的视角查看/ })
  await expect(bar).toContainText('只读')
  await admin.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '客户', exact: true }).click()
  await expect(admin.locator('.list-count')).toContainText(String(total?.count.toLocaleString('zh-CN')).replace(',', '').slice(0, 1))
  await expect(admin.locator('.grid-row').first()).toBeVisible()
  const shown = await admin.locator('main').innerText()
  for (const item of items) if (item.title.length > 3) expect(shown).not.toContain(item.title)
  await expect(admin.locator('.masked.covered').first()).toBeVisible()
  await admin.locator('.masked.covered').first().click()
  await expect(admin.getByText(/您本人无权查看，因此已遮盖/)).toBeVisible()
  await expectAccessible(admin)
  await admin.keyboard.press('Escape')

  // The seller's button is there, and leads nowhere.
  await admin.getByRole('link', { name: '新建客户' }).click()
  await expect(admin.getByText('正在以他人视角查看，只能浏览，不能执行这项操作。')).toBeVisible()
  await expect(admin).not.toHaveURL(/new/)

  await bar.getByRole('button', { name: '退出' }).click()
  await expect(bar).toBeHidden()
  await expect(admin.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '客户', exact: true })).toHaveCount(0)
})

test('who may see a record themselves sees it as the person does', async ({ as }) => {
  const boss = await as('ken0')
  await openList(boss, 'customer')
  await expect(boss.locator('.grid-row').first()).toBeVisible()
  await boss.getByRole('button', { name: /^Ken|Ken / }).first().click()
  await boss.getByRole('button', { name: '以他人视角查看…' }).click()
  await boss.getByRole('searchbox', { name: /查找员工/ }).fill('Linda')
  await boss.getByRole('dialog').getByRole('button', { name: /Linda Mitchell/ }).click()
  await expect(boss.getByRole('region', { name: /正在以 Linda/ })).toBeVisible()
  await boss.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '客户', exact: true }).click()
  await expect(boss.locator('.grid-row').first()).toBeVisible()
  await expect(boss.locator('.masked.covered')).toHaveCount(0)
  // A reload ends it: it stands in the memory of the tab alone.
  await boss.reload()
  await expect(boss.getByRole('region', { name: /正在以 Linda/ })).toBeHidden()
})

test('who administers nothing has no such button', async ({ as }) => {
  const seller = await as('linda3')
  await openList(seller, 'customer')
  await seller.getByRole('button', { name: /Linda/ }).click()
  await expect(seller.getByRole('button', { name: '键盘快捷键' })).toBeVisible()
  await expect(seller.getByRole('button', { name: '以他人视角查看…' })).toHaveCount(0)
})

test('a link leads to the eyes of somebody else, and what they do not show is said calmly', async ({ as }) => {
  const seller = await as('linda3')
  const mine = (await find(seller, 'customer', { limit: '1' })).items[0]?.id
  const admin = await as('stephanie0')
  const linda = (await find(admin, 'person', { q: 'linda3' })).items[0]?.id
  await admin.goto(`/records/customer/${mine}?view_as=${linda}`)
  const bar = admin.getByRole('region', { name: /正在以 Linda.* 的视角查看/ })
  await expect(bar).toBeVisible()
  const main = admin.getByRole('main')
  for (const tab of ['时间线', '附件', '协作']) {
    await main.getByRole('tab', { name: tab }).click()
    await expect(main.getByText('以他人视角查看时不提供这部分内容')).toBeVisible()
  }
  await main.getByRole('tab', { name: '相关' }).click()
  await expect(main.getByText('以他人视角查看时，这里只列出您本人能看到全部内容的表。')).toBeVisible()
  await expect(main.getByText(/没有加载出来|重试|没有权限/)).toHaveCount(0)
  await expect(main.getByRole('button', { name: '申请权限' })).toHaveCount(0)
  await expect(main.getByRole('button', { name: /谁能看到/ })).toHaveCount(0)
  await expectAccessible(admin)

  // The first page is one's own figures.
  await admin.goto(`/?view_as=${linda}`)
  await expect(admin.getByRole('heading', { name: '以他人视角查看时不提供这部分内容' })).toBeVisible()
  await bar.getByRole('button', { name: '退出' }).click()
  await expect(bar).toBeHidden()
  await expect(admin.getByRole('heading', { level: 1, name: /Stephanie/ })).toBeVisible()
})

test('a link of that kind goes over the sign-in, and leads who may not look back to themselves', async ({ nobody, as }) => {
  const linda = (await find(await as('stephanie0'), 'person', { q: 'linda3' })).items[0]?.id
  const page = await nobody()
  await page.goto(`/records/person?view_as=${linda}`)
  await page.locator('#login').fill('stephanie0')
  await page.locator('#password').fill(password)
  await page.locator('button[type=submit]').click()
  await expect(page.getByRole('region', { name: /正在以 Linda.* 的视角查看/ })).toBeVisible()

  const tete = await as('tete0')
  await tete.goto(`/records/contract?view_as=${linda}`)
  await expect(tete.getByRole('heading', { name: '没有权限' })).toBeVisible()
  await tete.getByRole('button', { name: '查看自己的内容' }).click()
  await expect(tete.locator('.list-count')).toHaveText('共 140 条')
})
