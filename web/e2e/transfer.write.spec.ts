import type { Page } from '@playwright/test'
import { expect, expectAccessible, openList, opensLog, test } from './stage'

const unique = (word: string) => `${word} ${Date.now()}`

async function who(page: Page) {
  return ((await (await page.request.get('/api/v1/me')).json()) as { person: { id: string; name: string } }).person
}

async function make(page: Page, kind: string, fields: Record<string, unknown>) {
  const made = await page.request.post(`/api/v1/records/${kind}`, { data: { fields } })
  expect(made.status(), await made.text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

test('a customer is transferred with what hangs on it, and its old owner sees it no more', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const other = await as('jae0')
  const [from, to] = [await who(seller), await who(other)]
  const name = unique('转交客户')
  const id = await make(boss, 'customer', { name, owner: from.id })
  await make(boss, 'contact', { name: '随同的联系人', customer: id, owner: from.id })
  await make(boss, 'task', { subject: '留下的任务', customer: id, owner: (await who(boss)).id })

  // Who may not change the owner is told so, plainly, and can ask for it.
  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: '转交' }).click()
  await expect(seller.getByText(/您不能直接转交/)).toBeVisible()
  await expect(seller.getByRole('button', { name: '提交转交申请' })).toBeDisabled()
  await expectAccessible(seller)

  const friend = await as('guy1')
  const lent = await seller.request.post('/api/v1/grants', {
    data: {
      receiver: (await who(friend)).id, kind: 'customer', records: [id], actions: ['read'], fields: [{ class: 'general', level: 'plain' }],
      until: new Date(Date.now() + 300 * 86_400_000).toISOString(), purpose: '留一手',
    },
  })
  expect(lent.status(), await lent.text()).toBe(201)
  const boxed = await seller.request.post('/api/v1/sandboxes', {
    data: {
      title: unique('留一手的沙箱'), purpose: '留一手', until: new Date(Date.now() + 30 * 86_400_000).toISOString(), members: [{ person: (await who(friend)).id, mode: 'edit' }],
      shares: [{ kind: 'customer', records: [id], actions: ['read', 'edit'], fields: [{ class: 'general', level: 'plain', edit: true }], along: ['contacts'] }],
    },
  })
  expect(boxed.status(), await boxed.text()).toBe(201)

  await boss.goto(`/records/customer/${id}`)
  await boss.getByRole('button', { name: '转交' }).click()
  const dialog = boss.getByRole('dialog', { name: `转交“${name}”` })
  await dialog.getByRole('combobox', { name: '新的负责人' }).fill(to.name)
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await expect(dialog.getByRole('checkbox', { name: /联系人/ })).toBeChecked()
  await dialog.getByText('1 条不随同').click()
  await expect(dialog.getByText('负责人是其他人')).toBeVisible()
  await dialog.getByLabel('交接说明').fill('下周要回访')
  await expectAccessible(boss)
  await dialog.getByRole('button', { name: '确认转交' }).click()
  await expect(boss.getByText(`已转交给 ${to.name}`)).toBeVisible()
  await expect(boss.locator('.timeline').getByText('下周要回访')).toBeVisible()

  expect((await seller.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(404)
  await other.goto(`/records/customer/${id}`)
  await expect(other.locator('.timeline').getByText('下周要回访')).toBeVisible()
  const contacts = (await (await other.request.get(`/api/v1/records/contact?filter=${encodeURIComponent(`r.customer == '${id}'`)}`)).json()) as { items: { fields: { owner: string } }[] }
  expect(contacts.items.map((one) => one.fields.owner)).toEqual([to.id])

  // What the old owner lent, and put into a sandbox, stands beside the collaborators of the new one, who takes it back.
  expect((await friend.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(200)
  await other.getByRole('tab', { name: '协作人' }).click()
  const box = other.getByRole('region', { name: '所在的协作沙箱' })
  await expect(box.getByRole('listitem')).toContainText(`一个协作沙箱${from.name} 曾放入，1 人由此可用`)
  await expect(box).toContainText('连同其联系人')
  await expect(box).not.toContainText('留一手')
  await expectAccessible(other)
  await box.getByRole('button', { name: '从沙箱取出' }).click()
  await other.getByRole('dialog', { name: '从沙箱取出这条记录？' }).getByRole('button', { name: '从沙箱取出' }).click()
  await expect(other.getByText('已从沙箱取出')).toBeVisible()
  await expect(box).toBeHidden()
  const stray = other.getByRole('listitem').filter({ hasText: `${from.name} 授权` })
  await expect(stray).toContainText('留一手')
  await expectAccessible(other)
  await stray.getByRole('button', { name: '移除 Guy Gilbert' }).click()
  await other.getByRole('dialog').getByRole('button', { name: '移除 Guy Gilbert' }).click()
  await expect(other.getByText('已移除 Guy Gilbert')).toBeVisible()
  expect((await friend.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(404)

  // The log says by which rule the owner was changed.
  const auditor = await as('zainal0')
  await opensLog(auditor, 'customer', id)
  const entry = auditor.getByRole('region', { name: '日志条目' }).getByRole('row').filter({ hasText: '负责人' }).filter({ hasText: '修改' })
  await expect(entry).toHaveCount(1)
  await expect(entry).toContainText('Ken Sánchez')
  await expect(entry).toContainText(/企业管理者掌握经营全貌.*策略第 \d+ 版/)
  await expectAccessible(auditor)
})

test('from the list several are transferred with their contacts, after a look', async ({ as }) => {
  const boss = await as('ken0', { viewport: { width: 390, height: 844 } })
  const from = await who(await as('linda3'))
  const prefix = unique('批量转交')
  for (const n of [1, 2]) {
    const id = await make(boss, 'customer', { name: `${prefix} ${n}`, owner: from.id })
    await make(boss, 'contact', { name: `联系人 ${n}`, customer: id, owner: from.id })
  }
  const wide = await as('ken0')
  await openList(wide, 'customer', { q: prefix })
  await wide.getByRole('checkbox', { name: '选择当前全部' }).check()
  await wide.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '转交' }).click()
  const dialog = wide.getByRole('dialog', { name: /批量转交 2 条客户/ })
  await dialog.getByRole('combobox').fill('Jae')
  await wide.locator('.ant-select-item-option').first().click()
  await dialog.getByRole('checkbox', { name: '联系人' }).check()
  await dialog.getByRole('button', { name: '预览结果' }).click()
  await expect(dialog.getByText('一并转交：联系人 2')).toBeVisible()
  await dialog.getByRole('button', { name: '更改 2 条' }).click()
  await expect(wide.getByText('已更改 2 条')).toBeVisible()
})
