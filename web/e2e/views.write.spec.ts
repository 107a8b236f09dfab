import { expect, expectAccessible, find, openList, test } from './stage'

test('a view is made, is its URL, opens by default, and is put away', async ({ as }) => {
  const page = await as('linda3')
  await openList(page, 'customer', { f: [['type', 'in', 'company']], sort: 'name' })
  await page.getByRole('button', { name: /^视图/ }).click()
  await page.getByRole('button', { name: '另存为视图' }).click()
  await page.getByLabel('视图名称').fill('公司客户')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('button', { name: '视图：公司客户' })).toBeVisible()
  await expect(page).toHaveURL(/v=/)
  await expectAccessible(page)

  // Its star makes it the one a list opens with.
  await page.getByRole('button', { name: /^视图/ }).click()
  await page.getByRole('button', { name: '打开列表时默认使用“公司客户”' }).click()
  await expect(page.getByText('以后打开列表时默认使用“公司客户”')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.goto('/records/customer')
  await expect(page.getByRole('button', { name: '视图：公司客户' })).toBeVisible()
  await expect(page).toHaveURL(/sort=/)
  await expect(page.getByRole('button', { name: '1 个条件' })).toBeVisible()

  // All records are one press away, and stay when one asks for them.
  await page.getByRole('button', { name: /^视图/ }).click()
  await page.getByRole('button', { name: '全部', exact: true }).click()
  await expect(page).toHaveURL(/v=all/)

  await page.getByRole('button', { name: /^视图/ }).click()
  await page.getByRole('button', { name: '“公司客户”的更多操作' }).click()
  await page.getByRole('button', { name: '重命名' }).click()
  await page.getByLabel('视图名称').fill('公司')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('视图已保存')).toBeVisible()
  await page.getByRole('button', { name: '“公司”的更多操作' }).click()
  await page.getByRole('button', { name: '删除', exact: true }).click()
  await page.getByRole('button', { name: '确定删除？' }).click()
  await expect(page.getByText('已删除视图“公司”')).toBeVisible()
  await page.goto('/records/customer')
  await expect(page.getByRole('button', { name: '视图：全部' })).toBeVisible()
})

test('a shared view grants nothing, and shares no values', async ({ as }) => {
  const head = await as('ken0')
  const shared = await head.request.post('/api/v1/views', {
    data: { kind: 'customer', name: '全公司的客户', search: { f: [['type', 'in', 'company']], sort: 'name' }, shared: { everyone: true } },
  })
  expect(shared.status()).toBe(201)
  const refused = await head.request.post('/api/v1/views', {
    data: { kind: 'customer', name: '电话', search: { f: [['phone', 'eq', '13800138000']] }, shared: { everyone: true } },
  })
  expect(refused.status()).toBe(400)
  const seller = await as('linda3')
  const before = await find(seller, 'customer', { count: 'capped', limit: '1' })
  await seller.goto('/records/customer')
  await seller.getByRole('button', { name: /^视图/ }).click()
  await expect(seller.getByText('共享给我的视图')).toBeVisible()
  await seller.getByRole('button', { name: /全公司的客户/ }).first().click()
  await expect(seller.getByRole('button', { name: '视图：全公司的客户' })).toBeVisible()
  await expect(seller.locator('.grid-row').first()).toBeVisible()
  const after = await find(seller, 'customer', { count: 'capped', limit: '1', filter: "r.type in ['company']" })
  expect(after.total?.count ?? 0).toBeLessThanOrEqual(before.total?.count ?? 0)
})

test('a view is shared with a position', async ({ as }) => {
  const head = await as('ken0')
  const name = `销售的客户${Date.now()}`
  const made = await head.request.post('/api/v1/views', { data: { kind: 'customer', name, search: { f: [['type', 'in', 'company']], sort: 'name' } } })
  expect(made.status()).toBe(201)
  await head.goto('/records/customer')
  await head.getByRole('button', { name: /^视图/ }).click()
  await head.getByRole('button', { name: `“${name}”的更多操作` }).click()
  await head.getByRole('button', { name: /^共享/ }).click()
  await head.getByLabel('按名称筛选').fill('销售代表')
  await head.getByRole('group', { name: '岗位' }).getByLabel('销售代表', { exact: true }).check()
  await expectAccessible(head)
  await head.getByRole('button', { name: '保存' }).click()
  await expect(head.getByText('共享设置已保存')).toBeVisible()
  for (const [login, sees] of [
    ['linda3', true],
    ['guy1', false],
    ['laura1', false],
  ] as const) {
    const page = await as(login)
    const answer = await page.request.get('/api/v1/views?kind=customer')
    const { items } = (await answer.json()) as { items: { name: string }[] }
    expect(items.some((view) => view.name === name), login).toBe(sees)
  }
})

test('columns are reordered by keyboard, widened, and kept in the URL', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/records/contract')
  await expect(page.locator('.grid-row').first()).toBeVisible()
  const heads = page.getByRole('columnheader')
  const third = await heads.nth(3).innerText()
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('button', { name: `把“${third.trim()}”移到前面` }).click()
  await expect(heads.nth(2)).toContainText(third.trim())
  await page.keyboard.press('Escape')
  const edge = heads.nth(2).getByRole('separator')
  const width = Number(await edge.getAttribute('aria-valuenow'))
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuenow', String(width + 20))
  await expect(page).toHaveURL(/w=/)
  await page.reload()
  await expect(page.getByRole('columnheader').nth(2)).toContainText(third.trim())
})

test('a cell is changed where it stands, undone, and explains itself when it cannot', async ({ as }) => {
  const page = await as('linda3')
  const name = `行内编辑 ${Date.now()}`
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name, city: '广州' } } })
  const { id } = (await made.json()) as { id: string }
  await openList(page, 'customer', { q: name, cols: 'name,city,owner' })
  const row = page.locator('.grid-row').first()
  await expect(row).toContainText('广州')
  await row.locator('[data-col="1"]').click()
  await page.keyboard.press('F2')
  const editor = page.getByRole('group', { name: `编辑“${name}”的城市` })
  await editor.getByRole('textbox').fill('深圳')
  await page.keyboard.press('Enter')
  await expect(row).toContainText('深圳')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(row).toContainText('广州')

  // Somebody changes another field meanwhile: both stay.
  const now = (await find(page, 'customer', { q: name })).items[0]
  await page.request.patch(`/api/v1/records/customer/${id}`, {
    headers: { 'If-Match': `"${now?.version}"` },
    data: { fields: { specialty: '别人的' } },
  })
  await row.locator('[data-col="1"]').dblclick()
  await editor.getByRole('textbox').fill('珠海')
  await page.keyboard.press('Enter')
  await expect(page.getByText('已与您的修改合并')).toBeVisible()
  await expect(row).toContainText('珠海')
  const saved = (await find(page, 'customer', { q: name })).items[0]
  expect(saved?.fields).toMatchObject({ city: '珠海', specialty: '别人的' })

  // A seller does not give records away: the cell says why.
  await row.locator('[data-col="2"]').dblclick()
  await expect(page.getByRole('dialog', { name: '为什么不能修改负责人？' })).toBeVisible()
})
