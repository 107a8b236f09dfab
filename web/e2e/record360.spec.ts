import { expect, expectAccessible, find, inTurn, test, themes } from './stage'

test('the page of a record shows its facts, its course and what has happened, each to who may know', async ({ as }) => {
  const seller = await as('linda3')
  const [store] = (await find(seller, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await seller.goto(`/records/customer/${store?.id}`)
  await expect(seller.getByRole('list', { name: '阶段' }).locator('[aria-current=step]')).toHaveCount(1)
  const timeline = seller.getByRole('tabpanel', { name: '时间线' })
  await expect(timeline.locator('.entry').first()).toBeVisible()
  await expect(timeline.getByText('创建了这条记录')).toBeVisible()
  await seller.getByRole('radio', { name: '变更', exact: true }).click()
  await expect(timeline.locator('.entry-record')).toHaveCount(0)
  await seller.getByRole('tab', { name: '附件' }).click()
  await expect(seller.getByText('还没有附件')).toBeVisible()
  await seller.getByRole('tab', { name: '附件' }).press('ArrowRight')
  await expect(seller.getByRole('tab', { name: '协作人' })).toBeFocused()
  await expect(seller.getByText('还没有协作人')).toBeVisible()
})

test('who can see a record, and why, is told to who edits it and to who audits, and to nobody else', async ({ as }) => {
  const seller = await as('linda3')
  const [store] = (await find(seller, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await seller.goto(`/records/customer/${store?.id}`)
  await seller.getByRole('button', { name: '谁能看到' }).click()
  const dialog = seller.getByRole('dialog', { name: '谁能看到它，为什么' })
  await expect(dialog.locator('.who > li').first()).toContainText(/[\u4e00-\u9fff]/)
  await seller.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  const auditor = await as('zainal0')
  await auditor.goto(`/records/customer/${store?.id}`)
  await auditor.getByRole('button', { name: '谁能看到' }).click()
  await expect(auditor.getByRole('dialog', { name: '谁能看到它，为什么' }).locator('.who > li').first()).toContainText(/[\u4e00-\u9fff]/)
  const reader = await as('jae0')
  const [read] = (await find(reader, 'customer', { limit: '1' })).items
  expect(read).toBeDefined()
  await reader.goto(`/records/customer/${read?.id}`)
  await expect(reader.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(reader.getByRole('button', { name: '谁能看到' })).toHaveCount(0)
})

test('on a phone what is sensitive shows when tapped, and a call needs no number', async ({ as }) => {
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const found = await find(page, 'contact', { filter: 'has(r.phone)', limit: '1' })
  const one = found.items[0] as { id: string; fields: { phone: string } } | undefined
  expect(one).toBeDefined()
  await page.goto(`/records/contact/${one?.id}`)
  await expect(page.getByRole('tab', { name: '资料' })).toBeVisible()
  const number = String(one?.fields.phone)
  await expect(page.getByText(number, { exact: true })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '拨打电话' }).last()).toHaveAttribute('href', /^tel:\+?\d+/)
  await page.getByRole('button', { name: '点按显示电话' }).first().click()
  await expect(page.getByText(number, { exact: true })).toBeVisible()
})

for (const theme of themes) {
  for (const width of inTurn([390, 1440], 2, 2)) {
    test(`nothing on the page of a record stands in anybody's way: ${theme}, ${width}`, async ({ as }) => {
      const page = await as('linda3', { theme, viewport: { width, height: 900 } })
      const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
      await page.goto(`/records/customer/${store?.id}`)
      for (const tab of ['时间线', '相关记录', '附件', '协作人']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
      }
    })
  }
}
