import { expect, expectAccessible, openList, test } from './stage'

test('somebody is told that they were brought onto a record, goes there, and has read it', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('jae0')
  const me = (await (await seller.request.get('/api/v1/me')).json()) as { person: { id: string } }
  const title = `请来协作 ${Date.now()}`
  const made = await boss.request.post('/api/v1/records/customer', { data: { fields: { name: title } } })
  const { id } = (await made.json()) as { id: string }
  const before = (await (await seller.request.get('/api/v1/notices/unread')).json()) as { unread: number }
  const put = await boss.request.post(`/api/v1/records/customer/${id}/team`, { data: { person: me.person.id } })
  expect(put.status()).toBe(204)

  await openList(seller, 'customer')
  await seller.getByRole('button', { name: `通知 (${before.unread + 1})` }).click()
  const panel = seller.getByRole('dialog', { name: '通知' })
  const notice = panel.getByRole('link', { name: new RegExp(title) })
  await expect(notice).toContainText('邀请您协作')
  await expectAccessible(seller)
  await notice.click()
  await expect(seller.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(seller.getByRole('button', { name: before.unread > 0 ? `通知 (${before.unread})` : '通知', exact: true })).toBeVisible()
})
