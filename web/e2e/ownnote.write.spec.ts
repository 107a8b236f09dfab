import { expect, expectAccessible, test } from './stage'

test('what one leaves to who takes over is written on the page of one’s account, and taken back there', async ({ as }) => {
  const phone = await as('jae0', { viewport: { width: 390, height: 844 } })
  await phone.goto('/account')
  const form = phone.getByRole('form', { name: '我的交接说明' })
  await expect(form.getByRole('button', { name: '保存说明' })).toBeDisabled()
  await form.getByRole('textbox').fill('对账找王会计，钥匙在前台')
  await form.getByRole('button', { name: '保存说明' }).click()
  await expect(phone.getByText('已保存交接说明')).toBeVisible()
  await expect(form.getByText(/^写于 /)).toBeVisible()
  await expectAccessible(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  const desk = await as('jae0', { lang: 'en', theme: 'dark' })
  await desk.goto('/account')
  const mine = desk.getByRole('form', { name: 'My handover note' })
  await expect(mine.getByRole('textbox')).toHaveValue('对账找王会计，钥匙在前台')
  await mine.getByRole('textbox').fill('')
  await mine.getByRole('button', { name: 'Save note' }).click()
  await expect(desk.getByText('Handover note removed')).toBeVisible()
  await expect(mine.getByText(/^Written /)).toHaveCount(0)
})
