import { again, expect, expectAccessible, test } from './stage'

// Sandboxes 协作沙箱: opened for one purpose, with people and records; everybody sees what was put in
// until they leave or it ends, and a statement says who saw and changed what.

const stamp = Date.now().toString(36)
type Page = import('@playwright/test').Page

async function customer(page: Page, name: string) {
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `${name}${stamp}`, type: 'company', phone: '13800138000' } }, headers: { Origin: new URL(page.url()).origin } })
  expect(made.status(), await made.text()).toBe(201)
  return (await made.json()) as { id: string; title: string }
}

const read = async (page: Page, id: string) => (await page.request.get(`/api/v1/records/customer/${id}`)).status()

test('a sandbox is opened in three steps, worked in, left, and tells who saw and changed what', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const made = await customer(page, '沙箱店')
  const title = `联合方案${stamp}`
  await page.goto('/sandboxes')
  await page.getByRole('link', { name: '新建沙箱' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toHaveText('请填写名称。')
  await page.getByRole('textbox', { name: '名称' }).fill(title)
  await page.getByRole('textbox', { name: '用途' }).fill(`大客户联合方案${stamp}`)
  await page.getByRole('button', { name: '2 小时' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('combobox', { name: '添加同事' }).fill('Jae Pak')
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.getByLabel('Jae Pak 能做什么').selectOption('edit')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('combobox', { name: '查找记录' }).fill(made.title)
  await page.getByRole('listbox').getByRole('option', { name: made.title }).click()
  await page.getByLabel('允许可编辑的成员修改').check()
  await page.getByRole('button', { name: '建立沙箱' }).click()
  await expect(page.getByRole('alert')).toContainText('还没有加入')
  await page.getByRole('button', { name: '核对', exact: true }).click()
  await expect(page.locator('.give-plan')).toContainText('点名 1 条记录')
  await page.getByRole('button', { name: '加入', exact: true }).click()
  await page.getByRole('button', { name: '建立沙箱' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await expectAccessible(page)

  // The member comes by the notice, opens the record as any other and changes it.
  const them = await as('jae0', { viewport: { width: 390, height: 844 } })
  await them.goto('/sandboxes?scope=in')
  await them.getByRole('link', { name: title }).click()
  await them.getByRole('link', { name: made.title }).click()
  await expect(them.getByRole('heading', { name: made.title })).toBeVisible()
  const record = (await (await them.request.get(`/api/v1/records/customer/${made.id}`)).json()) as { version: number; editable: string[]; hidden: string[] }
  expect(record.editable).toContain('city')
  expect(record.editable).not.toContain('owner')
  expect(record.hidden).toContain('phone')
  const changed = await them.request.patch(`/api/v1/records/customer/${made.id}`, { data: { fields: { city: '杭州' } }, headers: { Origin: new URL(them.url()).origin, 'If-Match': `"${record.version}"` } })
  expect(changed.status()).toBe(200)

  await page.getByRole('button', { name: '使用清单' }).click()
  const part = page.locator('.box-part', { hasText: 'Jae Pak' })
  await expect(part).toContainText('修改 1 条')
  await expect(part.getByRole('row', { name: new RegExp(made.title) })).toContainText('城市')
  await expectAccessible(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载表格' }).click()])
  expect(file.suggestedFilename()).toMatch(/^sandbox-\d+\.csv$/)

  await them.goBack()
  await them.getByRole('button', { name: '离开' }).click()
  await them.getByRole('dialog').getByRole('button', { name: '离开' }).click()
  await expect(them.getByText('您已离开这个沙箱')).toBeVisible()
  expect(await read(them, made.id)).toBe(404)

  // The auditor reads who did what about it.
  const auditor = await as('zainal0')
  await auditor.goto(`/audit?kind=sandbox&record=${new URL(page.url()).pathname.split('/').at(-1)}`)
  const log = auditor.getByRole('region', { name: '日志条目' })
  await again(async (timeout) => {
    await auditor.reload()
    for (const [who, did] of [['Linda', '建立'], ['Linda', '加入成员'], ['Linda', '放入数据'], ['Linda', '查看使用清单'], ['Jae', '成员离开']] as const) {
      await expect(log.getByRole('row').filter({ hasText: who }).filter({ hasText: '协作沙箱' }).filter({ hasText: did })).not.toHaveCount(0, { timeout })
    }
  })
  await expectAccessible(auditor)
})

test('marked rows are put into a new sandbox with their contacts; it ends at a press, and what it gave with it', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const one = await customer(page, '批量店')
  const contact = await page.request.post('/api/v1/records/contact', { data: { fields: { name: `沙箱联系人${stamp}`, customer: one.id } }, headers: { Origin: new URL(page.url()).origin } })
  expect(contact.status(), await contact.text()).toBe(201)
  const { id: belonging } = (await contact.json()) as { id: string }
  const title = `批量沙箱${stamp}`
  await page.goto(`/records/customer?q=${encodeURIComponent(JSON.stringify(one.title))}`)
  await page.getByRole('checkbox', { name: new RegExp(one.title) }).check()
  await page.locator('.mass-bar').getByRole('button', { name: '放入沙箱' }).click()
  const dialog = page.getByRole('dialog', { name: /^放入沙箱/ })
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('请选择沙箱。')
  await dialog.getByLabel('放入哪个沙箱').selectOption('new')
  await dialog.getByLabel('名称').fill(title)
  await dialog.getByLabel('用途').fill(`核对资料${stamp}`)
  await dialog.getByLabel('联系人', { exact: true }).check()
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('status')).toContainText('点名 1 条记录')
  await expect(dialog.getByRole('status')).toContainText('连同现在和以后的联系人')
  await dialog.getByRole('button', { name: '放入', exact: true }).click()
  await expect(dialog).toHaveCount(0)

  // The record says in which sandbox it lies.
  await page.goto(`/records/customer/${one.id}`)
  await page.getByRole('tab', { name: '协作人' }).click()
  await page.getByRole('region', { name: '所在的协作沙箱' }).getByRole('link', { name: title }).click()
  await expect(page.locator('[data-share]')).toContainText('连同其联系人')
  await page.getByRole('button', { name: '添加成员' }).click()
  const adding = page.getByRole('dialog', { name: '添加成员' })
  await adding.getByRole('combobox', { name: '添加同事' }).fill('Jae Pak')
  await adding.getByRole('listbox').getByRole('option').first().click()
  await adding.getByRole('button', { name: '保存' }).click()
  await expect(adding).toHaveCount(0)
  await expect(page.locator('[data-person]', { hasText: 'Jae Pak' })).toContainText('查看')
  const them = await as('jae0')
  await them.goto('/')
  expect(await read(them, one.id)).toBe(200)
  const reads = async () => (await them.request.get(`/api/v1/records/contact/${belonging}`)).status()
  expect(await reads()).toBe(200)
  await page.getByRole('button', { name: '使用清单' }).click()
  await expect(page.locator('.box-part', { hasText: 'Jae Pak' }).getByRole('row', { name: new RegExp(`沙箱联系人${stamp}`) })).toBeVisible()
  await page.getByRole('button', { name: '成员与数据' }).click()
  const why = await them.request.get(`/api/v1/explain?kind=customer&action=read&id=${one.id}`)
  expect(JSON.stringify(await why.json())).toContain(`${title}（`)
  await page.getByRole('button', { name: '结束', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束', exact: true }).click()
  await expect(page.locator('.box-head')).toContainText('已结束')
  await expect(page.getByRole('button', { name: '结束', exact: true })).toHaveCount(0)
  expect(await read(them, one.id)).toBe(404)
  expect(await reads()).toBe(404)
})
