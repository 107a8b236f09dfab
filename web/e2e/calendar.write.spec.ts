import { expect, expectAccessible, find, openList, test } from './stage'

test('tasks are made on a day, done, and walked through by keyboard', async ({ as }) => {
  const page = await as('linda3')
  const subject = `回访 ${Date.now()}`
  await openList(page, 'task', { as: 'calendar', on: '2026-11-18' })
  const grid = page.getByRole('grid', { name: '日历' })
  await expect(grid).toBeVisible()
  await grid.locator('[data-day="2026-11-18"]').focus()
  await page.keyboard.press('ArrowRight')
  await expect(grid.locator('[data-day="2026-11-19"]')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByLabel('主题').fill(subject)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`已创建“${subject}”`)).toBeVisible()
  await expect(grid.locator('[data-day="2026-11-19"]')).toContainText(subject)
  await expectAccessible(page)

  await page.getByRole('checkbox', { name: `标记“${subject}”为已完成` }).click()
  await expect.poll(async () => (await find(page, 'task', { q: subject })).items[0]?.fields.stage).toBe('done')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(async () => (await find(page, 'task', { q: subject })).items[0]?.fields.stage).toBe('open')

  await page.getByRole('button', { name: '周', exact: true }).click()
  await expect(page).toHaveURL(/span=/)
  await expect(grid.locator('[data-day="2026-11-19"]')).toContainText(subject)
  await page.getByRole('button', { name: '日程' }).click()
  await expect(page.getByRole('region', { name: '日历' })).toContainText(subject)
  await page.getByRole('button', { name: '我的', exact: true }).click()
  await expect(page.getByRole('region', { name: '日历' })).toContainText(subject)
  await expectAccessible(page)
})

test('on a phone the calendar is a list of days', async ({ as }) => {
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  await openList(page, 'task', { as: 'calendar' })
  await expect(page.getByRole('button', { name: '日程' })).toHaveAttribute('aria-pressed', 'true')
  await expectAccessible(page)
})
