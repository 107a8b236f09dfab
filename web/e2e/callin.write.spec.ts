import { expect, expectAccessible, test } from './stage'

test('a head calls somebody in on one customer, who finds it by the notice, and gives it back', async ({ as }) => {
  const name = `支援客户 ${Date.now().toString(36)}`
  const head = await as('stephen0')
  const made = await head.request.post('/api/v1/records/customer', { data: { fields: { name, type: 'company', phone: '13800138000' } } })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const senior = await as('rachel0', { viewport: { width: 390, height: 844 } })
  await senior.goto(`/records/customer/${id}`)
  await expect(senior.getByRole('button', { name: '申请权限' })).toBeVisible()

  await head.goto(`/records/customer/${id}`)
  await head.getByRole('button', { name: '请人支援' }).click()
  const dialog = head.getByRole('dialog', { name: '请人支援这条客户' })
  await dialog.getByLabel('请谁').fill('rachel')
  await dialog.getByRole('option', { name: /Rachel Valdez/ }).click()
  await expectAccessible(head)
  await dialog.getByRole('button', { name: '请对方加入' }).click()
  await expect(dialog).toBeHidden()

  await senior.goto('/')
  await senior.getByRole('button', { name: /通知/ }).first().click()
  await senior.getByRole('link', { name: `Stephen Jiang临时授权您访问“${name}”` }).click()
  await expect(senior.getByRole('heading', { level: 1, name })).toBeVisible()

  await senior.goto('/grants?of=received')
  const card = senior.locator('.grant-card', { hasText: name })
  await card.getByRole('button', { name: '归还' }).click()
  await senior.getByRole('dialog').getByRole('button', { name: '归还' }).click()
  await expect(card.getByRole('button', { name: '归还' })).toHaveCount(0)
  await senior.goto(`/records/customer/${id}`)
  await expect(senior.getByRole('button', { name: '申请权限' })).toBeVisible()
  await expect(senior.getByRole('heading', { level: 1, name })).toHaveCount(0)
})
