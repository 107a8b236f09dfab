import { expect, expectAccessible, test } from './stage'

interface Raised {
  items: { id: string; record?: string }[]
}

test('who opens a bait record raises an alert, which an auditor judges; the person learns nothing', async ({ as }) => {
  const seller = await as('linda3')
  const name = `诱饵客户 ${Date.now().toString(36)}`
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }

  const page = await as('zainal0')
  await page.goto('/alerts?tab=honey')
  await page.getByLabel('记录链接或客户编号').fill(`/records/customer/${id}`)
  await page.getByRole('button', { name: '标记', exact: true }).click()
  const mark = page.getByRole('listitem').filter({ hasText: name })
  await expect(mark).toBeVisible()
  await expectAccessible(page)

  await seller.goto(`/records/customer/${id}`)
  await expect(seller.getByRole('heading', { name })).toBeVisible()
  const raised = async () => {
    const answer = await page.request.get('/api/v1/alerts?detector=honey')
    return ((await answer.json()) as Raised).items.find((one) => one.record === id)?.id
  }
  // The first start seals and watches what the import of the demo wrote.
  await expect.poll(raised, { timeout: 120_000 }).toBeDefined()
  await page.goto(`/alerts?detector=honey&id=${await raised()}`)
  const one = page.getByRole('region', { name: '警报详情' })
  await expect(one.getByText('打开了一条做了诱饵标记的记录。')).toBeVisible()
  await expect(one.getByRole('link', { name: `编号 ${id}` }).first()).toBeVisible()
  await expect(one.getByRole('button', { name: '排除' })).toBeDisabled()
  await expectAccessible(page)
  await one.getByLabel('说明').fill('演练')
  await one.getByRole('button', { name: '排除' }).click()
  await expect(one.getByText('已排除')).toBeVisible()
  await expect(one.getByText('演练')).toBeVisible()

  expect((await seller.request.get('/api/v1/alerts')).status()).toBe(403)
  await seller.goto('/alerts')
  await expect(seller.getByText(name)).toHaveCount(0)
  await page.goto('/alerts?tab=honey')
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: '取消标记' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(0)
})

test('an auditor sees how the detectors are set, in English and on a phone', async ({ as }) => {
  const page = await as('zainal0', { lang: 'en' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/alerts?tab=detectors')
  const form = page.getByRole('form', { name: 'Detectors' })
  await expect(form.getByRole('checkbox', { name: /^Reads one after another/ })).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(page)
  await page.goto('/alerts?tab=stream')
  await expect(page.getByText('Standard Webhooks')).toBeVisible()
  await expectAccessible(page)
})
