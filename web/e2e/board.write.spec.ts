import type { Page } from '@playwright/test'
import { expect, expectAccessible, openList, test } from './stage'

async function opportunity(page: Page, name: string, more: Record<string, unknown> = {}) {
  const customer = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `${name} 的客户` } } })
  const { id } = (await customer.json()) as { id: string }
  const made = await page.request.post('/api/v1/records/opportunity', { data: { fields: { name, customer: id, ...more } } })
  expect(made.status()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

const stageOf = async (page: Page, id: string) =>
  ((await (await page.request.get(`/api/v1/records/opportunity/${id}`)).json()) as { fields: { stage: string } }).fields.stage

test('cards are dragged and sent by menu; a gate is told before the drop', async ({ as }) => {
  const page = await as('linda3')
  const name = `商机 ${Date.now()}`
  const id = await opportunity(page, name, { amount: '1200.00' })
  await openList(page, 'opportunity', { as: 'board', q: name })
  const card = page.locator('.board-card').filter({ hasText: name })
  await expect(card).toBeVisible()
  await expectAccessible(page)
  const column = (label: string) => page.locator('.board-column').filter({ has: page.getByRole('heading', { name: new RegExp(`^${label}`) }) })
  await expect(column('初步接触')).toContainText('1,200.00')

  // Under way, what stands before a stage is told.
  const from = await card.boundingBox()
  const won = await column('赢单').boundingBox()
  if (!from || !won) throw new Error('no board')
  await page.mouse.move(from.x + 60, from.y + 60)
  await page.mouse.down()
  await page.mouse.move(from.x + 90, from.y + 70, { steps: 4 })
  await expect(column('赢单')).toContainText('只能从“需求确认、方案报价、商务谈判”移到“赢单”')
  await expect(column('输单')).toContainText('要先填写')
  const need = await column('需求确认').boundingBox()
  if (!need) throw new Error('no column')
  await page.mouse.move(need.x + need.width / 2, need.y + 200, { steps: 8 })
  await page.mouse.up()
  await expect(page.getByText(`“${name}”已移到“需求确认”`)).toBeVisible()
  await expect.poll(() => stageOf(page, id)).toBe('need')

  // The menu does what dragging does, and asks for what lacks.
  await card.getByRole('button', { name: `移动“${name}”到…` }).click()
  await page.getByRole('button', { name: /^赢单/ }).click()
  const dialog = page.getByRole('dialog', { name: '移到“赢单”' })
  await dialog.getByLabel('实际结束日期').fill('2026-11-20')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: '保存并移动' }).click()
  await expect(page.getByText(`“${name}”已移到“赢单”`)).toBeVisible()
  expect(await stageOf(page, id)).toBe('won')
  await page.getByRole('button', { name: '撤销' }).last().click()
  await expect.poll(() => stageOf(page, id)).toBe('need')
})

test('the server refuses who walks around the gate', async ({ as }) => {
  const page = await as('linda3')
  const id = await opportunity(page, `绕过 ${Date.now()}`)
  const refused = await page.request.patch(`/api/v1/records/opportunity/${id}`, {
    headers: { 'If-Match': '"1"' },
    data: { fields: { stage: 'lost' } },
  })
  expect(refused.status()).toBe(400)
  expect(await refused.json()).toMatchObject({ code: 'stage_gate', params: { stage: 'lost', fields: ['lost_reason', 'closed_on'] } })
})

test('on a phone the board is one stage at a time', async ({ as }) => {
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const name = `手机 ${Date.now()}`
  const id = await opportunity(page, name, { stage: 'need' })
  await openList(page, 'opportunity', { as: 'board', q: name })
  await page.getByRole('tab', { name: '需求确认' }).click()
  await expect(page.locator('.board-column')).toHaveCount(1)
  await page.getByRole('button', { name: `移动“${name}”到…` }).click()
  await page.getByRole('button', { name: /^方案报价/ }).click()
  await expect.poll(() => stageOf(page, id)).toBe('proposal')
  await expectAccessible(page)
})
