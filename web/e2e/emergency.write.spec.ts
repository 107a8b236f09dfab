import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'

const phone = { width: 390, height: 844 }
const unique = () => Date.now().toString(36)

/** A customer of Linda's in North America, with a number of its own: neither Amy in Europe nor Syed in the Pacific sees it. */
async function customer(seller: Page, name: string, number: string) {
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name, type: 'company', phone: number } } })
  expect(made.status()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

const someNumber = () => `139${String(Date.now()).slice(-8)}`

test('a record out of sight is opened in an emergency, loudly, ended by the head and reviewed on a phone', async ({ as }) => {
  const name = `应急客户 ${unique()}`
  const number = someNumber()
  const seller = await as('linda3')
  const id = await customer(seller, name, number)
  const page = await as('amy0')
  await page.goto(`/records/customer/${id}`)
  await page.getByRole('button', { name: '紧急查看' }).click()
  const dialog = page.getByRole('dialog', { name: '紧急查看' })
  await expect(dialog).toContainText('Brian Welcker')
  await expect(dialog.getByRole('button', { name: '紧急打开' })).toBeDisabled()
  await dialog.getByLabel('为什么现在必须看（必填）').fill(`设备起火，负责人联系不上 ${name}`)
  await dialog.getByLabel('打开多久').selectOption({ label: '5 分钟' })
  await dialog.getByLabel('联系人').check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '紧急打开' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText(number).first()).toBeVisible()
  const banner = page.getByRole('region', { name: '应急访问中' })
  await expect(banner).toContainText(/剩 [45]:\d\d/)
  await expect(banner).toContainText('设备起火')
  await expect(page.getByRole('radiogroup', { name: '筛选时间线' })).toBeVisible()
  await expect(page.getByRole('button', { name: '发表' })).toHaveCount(0) // for reading
  await expectAccessible(page)

  await seller.goto('/')
  await seller.getByRole('button', { name: /通知/ }).first().click()
  await seller.getByRole('link', { name: 'Amy Alberts应急打开了您负责的一条客户' }).first().click()
  await expect(seller.getByText(`设备起火，负责人联系不上 ${name}`).first()).toBeVisible()

  const head = await as('brian3', { viewport: phone })
  await head.goto('/emergencies?tab="review"')
  await head.getByRole('button', { name: new RegExp(name) }).click()
  await head.getByRole('button', { name: '立即结束' }).click()
  const form = head.getByRole('form', { name: '复核结论' })
  await form.getByLabel('不合理').check()
  await form.getByLabel('复核意见（必填）').fill('可以先打值班电话')
  await expect(head.getByRole('region', { name: '期间看过什么' })).toContainText('电话')
  await expectAccessible(head)
  await form.getByRole('button', { name: '提交复核' }).click()
  await expect(head.getByText('可以先打值班电话')).toBeVisible()

  await page.reload()
  await expect(page.getByRole('button', { name: '紧急查看' })).toBeVisible()
  await expect(page.getByText(number)).toHaveCount(0)
  await seller.goto(`/records/customer/${id}`)
  await expect(seller.getByText('复核了Amy Alberts的应急访问：不合理')).toBeVisible()
})

test('a caller is found by their number, a number that is not there is an attempt, and one closes it oneself', async ({ as }) => {
  const name = `来电客户 ${unique()}`
  const number = someNumber()
  await customer(await as('linda3'), name, number)
  const page = await as('syed0')
  await page.goto('/emergencies')
  const open = async (value: string) => {
    await page.getByRole('button', { name: '紧急查看' }).click()
    const dialog = page.getByRole('dialog', { name: '紧急查看' })
    await dialog.getByLabel('按什么查找').selectOption({ label: '电话' })
    await dialog.getByLabel('完整的值（须完全一致）').fill(value)
    await dialog.getByLabel('为什么现在必须看（必填）').fill('来电投诉，需要立即核实')
    await dialog.getByRole('button', { name: '紧急打开' }).click()
    return dialog
  }
  const dialog = await open(`${number.slice(0, -2)}${number.endsWith('00') ? '11' : '00'}`)
  await expect(dialog.getByRole('alert')).toContainText('这次尝试已记录')
  await dialog.getByRole('button', { name: '取消' }).click()
  await open(number)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('region', { name: '应急访问中' }).getByRole('button', { name: '立即结束' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toHaveCount(0)
  await expect(page.getByText(number)).toHaveCount(0)

  const overseer = await as('brian3')
  await overseer.goto('/emergencies?tab="people"')
  await expect(overseer.locator('.people-counts li', { hasText: 'Syed Abbas' })).toContainText('落空')
  await expectAccessible(overseer)
})
