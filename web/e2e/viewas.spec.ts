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
