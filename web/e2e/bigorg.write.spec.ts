import { expect, type Page, test } from '@playwright/test'
import { browse, type Empty, serveEmpty } from './empty'
import { perFrame, thread } from './thread'
import { type Cell, workbook } from './workbook'

// The organisation of 5,000 people in 600 units, one of which has 1,000 people: opened, looked
// through, and somebody moved in it. What stands in the page does not grow with the company.

const own = 'my own password'

function staffList(): Buffer {
  const rows: Cell[][] = [['姓名', '登录名', '部门', '岗位', '是否负责人']]
  for (let i = 0; i < 5000; i++) {
    const store = i % 550
    const unit = i < 1000 ? '总仓' : `大区${(store % 50) + 1}/门店${store + 1}`
    rows.push([`员工${i}`, `staff${i}`, unit, i < 1000 ? '导购' : i < 1550 ? '店长' : '导购', i >= 1000 && i < 1550 ? '是' : ''])
  }
  return workbook('员工名册', rows)
}

async function build(page: Page, at: Empty) {
  const headers = { Origin: at.url }
  const code = /code=(\w+)/.exec(at.link)?.[1] ?? ''
  const offer = (await (await page.request.post('/api/v1/setup/trades', { headers, data: { code } })).json()) as { items: { id: string; positions: unknown[] }[] }
  const retail = offer.items.find((trade) => trade.id === 'retail')
  const made = await page.request.post('/api/v1/setup', {
    headers,
    data: { code, company: { name: '关雎零售' }, admin: { name: '钱管家', login: 'qian', password: own, sees_all: true }, trade: 'retail', units: [], positions: retail?.positions, sample: false, lang: 'zh' },
  })
  expect(made.status(), await made.text()).toBe(201)
  const file = { name: '员工名册.xlsx', mimeType: 'application/octet-stream', buffer: staffList() }
  const mapping = JSON.stringify({
    kind: 'staff',
    columns: [
      ['姓名', 'name'],
      ['登录名', 'login'],
      ['部门', 'unit'],
      ['岗位', 'position'],
      ['是否负责人', 'head'],
    ].map(([column, field]) => ({ column, field })),
    constants: { create_units: 'true' },
  })
  const sent = await page.request.post('/api/v1/imports', { headers, multipart: { kind: 'staff', mode: 'run', mapping, file } })
  expect(sent.status(), await sent.text()).toBe(202)
  const { id } = (await sent.json()) as { id: string }
  await expect
    .poll(async () => (await (await page.request.get(`/api/v1/imports/${id}`)).json()) as unknown, { timeout: 200_000, intervals: [500] })
    .toMatchObject({ status: 'done', created: 5000, failed: 0 })
}

let at: Empty
test.beforeAll(async () => {
  at = await serveEmpty('bigorg')
})
test.afterAll(() => at.stop())

test('the organisation of 5,000 people stays light in the hand', { tag: '@large' }, async ({ browser }) => {
  test.setTimeout(400_000)
  const page = await browse(browser, at)
  await build(page, at)
  const figures: string[] = []
  const busy = await thread(page)
  /** What the main thread works for something that somebody does, and how long they wait. */
  const costs = async (what: string, act: () => Promise<unknown>) => {
    const began = Date.now()
    const before = await busy()
    await act()
    figures.push(`${what}: ${((await busy()) - before).toFixed(0)} ms of main thread, ${Date.now() - began} ms until it stands`)
  }
  const pieces = () => page.evaluate(() => document.querySelectorAll('body *').length)
  const tree = page.getByRole('tree')

  await costs('opening the organisation', async () => {
    await page.goto('/org')
    await expect(tree.getByRole('treeitem').first()).toBeVisible()
  })
  await costs('opening all 600 units', async () => {
    await page.getByRole('button', { name: '全部展开' }).click()
    await expect(tree.getByRole('treeitem', { name: /门店/ }).first()).toBeVisible()
  })
  const open = await pieces()
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(80)
  const frame = await perFrame(page, tree, { x: 0, y: 0 }, { x: 0, y: 36 }, 240)
  figures.push(`scrolling 600 units: ${frame.toFixed(2)} ms of main thread a frame`)
  expect(frame).toBeLessThanOrEqual(16)

  await costs('a unit of 1,000 people', async () => {
    await page.getByRole('searchbox', { name: '搜索部门' }).fill('总仓')
    await tree.getByRole('treeitem', { name: /总仓/ }).click()
    await expect(page.getByRole('list', { name: '任职人员' }).getByRole('listitem').first()).toBeVisible()
  })
  const people = page.getByRole('list', { name: '任职人员' })
  expect(await people.getByRole('listitem').count()).toBeLessThan(60)
  const line = await perFrame(page, people, { x: 0, y: 0 }, { x: 0, y: 44 }, 240)
  figures.push(`scrolling 1,000 people: ${line.toFixed(2)} ms of main thread a frame`)
  expect(line).toBeLessThanOrEqual(16)
  expect(await pieces()).toBeLessThan(open + 1500)

  // Somebody is moved, and then the whole unit: what it changes is told before it is done.
  const changed = page.getByText(/不会改变任何人|人的权限会改变/)
  await people.evaluate((list) => list.scrollTo(0, 0))
  await people.getByRole('button', { name: '员工0', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '调岗' }).click()
  await costs('finding the unit to which somebody moves', async () => {
    await page.getByRole('combobox', { name: '调到部门' }).fill('门店7')
    await page.keyboard.press('Enter')
  })
  await page.getByLabel('新岗位').selectOption({ label: '店长' })
  await costs('the preview of a move of one', async () => {
    await page.getByRole('button', { name: '看看会改变什么' }).click()
    await expect(changed).toBeVisible()
  })
  await costs('the move of one', async () => {
    await page.getByRole('button', { name: '确认调岗' }).click()
    await expect(page.getByText('已调岗')).toBeVisible()
  })
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '移动到…' }).click()
  await page.getByRole('combobox', { name: '新的上级部门' }).fill('大区1')
  await page.keyboard.press('Enter')
  await costs('the preview of a move of 1,000 people', async () => {
    await page.getByRole('button', { name: '看看会改变什么' }).click()
    await expect(changed).toBeVisible()
  })
  await costs('the move of 1,000 people', async () => {
    await page.getByRole('button', { name: '移动', exact: true }).click()
    await expect(page.getByText('已移动“总仓”').last()).toBeVisible()
  })
  console.log(figures.join('\n'))
})
