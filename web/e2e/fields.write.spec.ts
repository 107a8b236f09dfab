import { expect, expectAccessible, find, openList, test } from './stage'

const unique = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 5)}`

test('a field that is kept encrypted is made, filled in, masked for whom it is not plain, and found by its whole value', async ({ as }) => {
  const run = unique()
  const name = `备用账号 ${run}`
  const key = `c_spare_${run}`
  const value = `62220209030014${run.length}3077`
  const admin = await as('stephanie0')
  await admin.goto('/policy/fields?kind=customer')
  await expect(admin.getByRole('row', { name: /银行账号/ })).toContainText('加密')
  await admin.getByRole('button', { name: '新建字段' }).click()
  const form = admin.getByRole('form', { name: '字段设置' })
  await form.getByLabel('中文名称').fill('银行账号')
  await form.getByLabel('英文名称').fill(`Spare ${run}`)
  await expect(form.getByLabel(/^字段名/)).toHaveValue(key)
  await form.getByLabel('字段分类').selectOption('identity')
  await form.getByRole('checkbox', { name: '加密保存' }).check()
  await form.getByLabel('打码方式').selectOption('tail')
  await expect(form.getByRole('checkbox', { name: '可搜索' })).toBeDisabled()
  await expectAccessible(admin)

  // What the server refuses stands at its field.
  await form.getByRole('button', { name: '创建字段' }).click()
  await expect(form.getByRole('textbox', { name: /中文名称/ })).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByText('这个业务表已经有同名的字段或选项。')).toBeVisible()
  await form.getByLabel('中文名称').fill(name)
  await form.getByRole('button', { name: '创建字段' }).click()
  await expect(admin.getByText(`已保存字段“${name}”`)).toBeVisible()
  const row = admin.getByRole('row', { name: new RegExp(name) })
  for (const word of ['文字', '证件与账号', '只显示末尾', '加密']) await expect(row).toContainText(word)

  const boss = await as('ken0')
  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `茶馆 ${run}` } } })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  await boss.goto(`/records/customer/${id}/edit`)
  await boss.getByLabel(name).fill(value)
  await boss.getByRole('button', { name: '保存' }).click()
  await expect(boss.getByText(value)).toBeVisible()

  await seller.goto(`/records/customer/${id}`)
  await expect(seller.getByText('****3077', { exact: true })).toBeVisible()
  await expect(seller.getByText(value)).toHaveCount(0)

  // By its whole value, in the screen, for whom it is plain; a part of it and other readers find nothing.
  await openList(boss, 'customer', { f: [[key, 'eq', value]] })
  await expect(boss.getByText(`茶馆 ${run}`).first()).toBeVisible()
  expect((await find(boss, 'customer', { filter: `r.${key} == '${value.slice(0, -1)}'` })).items).toEqual([])
  expect((await find(seller, 'customer', { filter: `r.${key} == '${value}'` })).items).toEqual([])

  // What stays is not offered; it goes with its values, after a word of warning, also on a phone.
  await admin.setViewportSize({ width: 390, height: 844 })
  await admin.getByRole('button', { name, exact: true }).click()
  await expect(form.getByLabel('字段分类')).toBeDisabled()
  await expect(form.getByRole('checkbox', { name: '加密保存' })).toBeDisabled()
  await admin.getByRole('button', { name: '删除字段' }).click()
  const dialog = admin.getByRole('dialog')
  await expect(dialog.getByText(/的值会一并删除，无法恢复/)).toBeVisible()
  await dialog.getByRole('button', { name: '删除字段' }).click()
  await expect(admin.getByText(`已删除字段“${name}”`)).toBeVisible()
  const auditor = await as('zainal0')
  await auditor.goto('/audit?group=administration')
  await expect(auditor.getByRole('row').filter({ hasText: '改动字段设置' }).filter({ hasText: key }).first()).toContainText('客户')
})

test('fields are put in another order, and the server names what is wrong with a list', async ({ as }) => {
  const run = unique()
  const admin = await as('stephanie0')
  const path = (key: string) => `/api/v1/policy/fields/ticket/c_${key}_${run}`
  for (const key of ['first', 'second']) {
    const made = await admin.request.put(path(key), { headers: { 'If-Match': '0' }, data: { type: 'text', class: 'general', label: { zh: `${key} 序 ${run}`, en: `${key} ${run}` } } })
    expect(made.status()).toBe(200)
  }
  await admin.goto('/policy/fields?kind=ticket')
  const rows = admin.getByRole('table', { name: '公司自己的字段' }).getByRole('row').filter({ hasText: run })
  await expect(rows).toContainText(['first', 'second'])
  await admin.getByRole('button', { name: `上移“second 序 ${run}”` }).click()
  await expect(rows).toContainText(['second', 'first'])
  await admin.reload()
  await expect(rows).toContainText(['second', 'first'])

  await admin.getByRole('button', { name: '新建字段' }).click()
  const form = admin.getByRole('form', { name: '字段设置' })
  await form.getByLabel('中文名称', { exact: true }).fill(`渠道 ${run}`)
  await form.getByLabel('英文名称', { exact: true }).fill(`Channel ${run}`)
  await form.getByLabel('类型').selectOption('choice')
  await form.getByRole('button', { name: '添加选项' }).click()
  for (const n of [1, 2]) {
    await form.getByLabel(`第 ${n} 个选项的中文名称`).fill('电话')
    await form.getByLabel(`第 ${n} 个选项的英文名称`).fill(`Call ${n}`)
  }
  await form.getByRole('button', { name: '创建字段' }).click()
  await expect(form.getByRole('group', { name: '选项' }).getByRole('alert')).toHaveText('这个业务表已经有同名的字段或选项。')
  await expectAccessible(admin)

  // Somebody else changes a field while its form is open here: nothing of theirs is written over.
  const other = { type: 'text', class: 'general', label: { zh: `别人的 ${run}`, en: `Theirs ${run}` } }
  await admin.goto('/policy/fields?kind=ticket')
  await rows.getByText(`first 序 ${run}`).click()
  await form.getByLabel('中文名称', { exact: true }).fill(`我的 ${run}`)
  expect((await (await as('ken0')).request.put(path('first'), { headers: { 'If-Match': '1' }, data: other })).status()).toBe(200)
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByRole('alert')).toHaveText('字段刚被别人改动：请返回列表，重新打开再改。')
  await expectAccessible(admin)
  await admin.goto('/policy/fields?kind=ticket')
  await expect(rows.getByText(other.label.zh)).toBeVisible()
  for (const key of ['first', 'second']) expect((await admin.request.delete(path(key))).status()).toBe(204)
})
