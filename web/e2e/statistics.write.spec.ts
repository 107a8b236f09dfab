import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './stage'

// Statistics: figures of which no row is seen. They are put together in the background, so that the first
// question of a day may wait for them.

interface Offer {
  kinds: { kind: string; making?: { percent: number } }[]
}

const offer = async (page: Page) => (await (await page.request.get('/api/v1/statistics')).json()) as Offer

const making = ({ kinds, ...rest }: Offer, percent: number) => ({ ...rest, kinds: kinds.map((kind) => ({ ...kind, making: { percent } })) })

test('figures are put together, come by themselves, and are asked in another way', async ({ as }) => {
  const page = await as('ken0')
  // Until it is let go the server is as if it were in the middle of the first release.
  let under = true
  const offered = await offer(page)
  await page.route('**/api/v1/statistics', (route) => (under ? route.fulfill({ json: making(offered, 40) }) : route.continue()))
  await page.route('**/api/v1/statistics/of/**', async (route) => {
    if (!under) return route.continue()
    await route.fulfill({ json: { kind: 'contract', group: 'month(signed_on)', measure: 'count', at: '0001-01-01T00:00:00Z', day: '', least: 10, base: 5, left: 0, epoch: 1, groups: [], making: { percent: 0 } } })
  })
  // Nearly all contracts are completed: beside the few that other stories make, by stage, none is shown.
  await page.goto('/statistics?kind=contract&by=month(signed_on)')
  const answer = page.getByRole('region', { name: '统计结果' })
  await expect(answer.getByRole('status')).toContainText('正在首次汇总，完成后自动显示')
  await expect(answer.getByRole('progressbar', { name: '汇总进度' })).toHaveAttribute('value', '40')
  await expectAccessible(page)
  under = false
  await expect(answer.getByRole('table')).toContainText(/约 [\d,]+/, { timeout: 120_000 })
  await expect(answer.getByRole('progressbar')).toHaveCount(0)
  await expect(answer).toContainText(/截至 .+，每天更新一次/)
  await page.getByRole('combobox', { name: '统计什么' }).selectOption({ index: 1 })
  await expect(answer.getByRole('columnheader', { name: '合计' })).toBeVisible()
  await page.getByRole('button', { name: '平均', exact: true }).click()
  await expect(page).toHaveURL(/average=true/)
  await expectAccessible(page)
})

test('on the phone, in the dark, what is of the day before says so', async ({ as }) => {
  const page = await as('ken0', { viewport: { width: 390, height: 844 }, lang: 'en', theme: 'dark' })
  const offered = await offer(page)
  await page.route('**/api/v1/statistics', (route) => route.fulfill({ json: making(offered, 75) }))
  await page.route('**/api/v1/statistics/of/**', async (route) => {
    await route.fulfill({ json: { kind: 'customer', group: 'stage', measure: 'count', at: '2026-03-01T18:00:00Z', day: '2026-03-02', least: 10, base: 5, left: 99, epoch: 1,
      groups: [{ key: 'lead', shown: true, count: 120 }, { key: 'lost', shown: false }], making: { percent: 75 } } })
  })
  await page.goto('/statistics?kind=customer&by=stage')
  const answer = page.getByRole('region', { name: 'Result' })
  await expect(answer.getByRole('status')).toContainText(/These are the figures of .*2026/)
  await expect(answer.getByRole('table')).toContainText('about 120')
  await expect(answer.getByRole('table')).toContainText('not shown')
  await expectAccessible(page)
})
