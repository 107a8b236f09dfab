import type { Page } from '@playwright/test'
import { again, expect, expectAccessible, openList, test } from './stage'

/** The bell tells how many notices are unread, among which one is or is not. Other stories send some meanwhile. */
async function tells(page: Page, title: string, read: boolean) {
  await again(async (timeout) => {
    const { items, unread } = (await (await page.request.get('/api/v1/notices')).json()) as { items: { title?: string; read: boolean }[]; unread: number }
    expect(items.find((one) => one.title === title)?.read).toBe(read)
    await expect(page.getByRole('button', { name: unread > 0 ? `通知 (${unread})` : '通知', exact: true })).toBeVisible({ timeout })
  })
}

test('somebody is told that they were brought onto a record, goes there, and has read it', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('jae0')
  const me = (await (await seller.request.get('/api/v1/me')).json()) as { person: { id: string } }
  const title = `请来协作 ${Date.now()}`
  const made = await boss.request.post('/api/v1/records/customer', { data: { fields: { name: title } } })
  const { id } = (await made.json()) as { id: string }
  const put = await boss.request.post(`/api/v1/records/customer/${id}/team`, { data: { person: me.person.id } })
  expect(put.status()).toBe(204)

  await openList(seller, 'customer')
  await tells(seller, title, false)
  await seller.getByRole('button', { name: /^通知/ }).click()
  const panel = seller.getByRole('dialog', { name: '通知' })
  const notice = panel.getByRole('link', { name: new RegExp(title) })
  await expect(notice).toContainText('邀请您协作')
  await expectAccessible(seller)
  await notice.click()
  await expect(seller.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await tells(seller, title, true)
})
