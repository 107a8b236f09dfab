import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { browse, type Empty, Hand, serveEmpty } from './empty'
import { type Cell, workbook } from './workbook'

// Ten minutes, 1,000 people: an administrator builds a company by clicks, typing and one
// spreadsheet, and three people then see exactly what is theirs.

const own = 'my own password'

/**
 * 1,000 people as a staff office keeps them, in a workbook: 20 regions with five stores each, whose
 * managers head them, and a head office; telephone numbers as numbers, days as days.
 */
function staffList(): Buffer {
  const rows: Cell[][] = [['姓名', '登录名', '部门', '岗位', '是否负责人', '电话', '入职日期']]
  for (let i = 0; i < 1000; i++) {
    const region = i % 20
    const store = Math.floor(i / 20) % 5
    const path = `大区${region + 1}/门店${region + 1}-${store + 1}`
    const rest = (head: string) => [head, 13_800_000_000 + i, new Date(Date.UTC(2020, i % 12, (i % 28) + 1))]
    if (i < 20) rows.push([`大区经理${i}`, `region${i}`, `大区${i + 1}`, '大区经理', ...rest('是')])
    else if (i < 120) rows.push([`店长${i}`, `keeper${i}`, path, '店长', ...rest('是')])
    else if (i < 130) rows.push([`财务${i}`, `finance${i}`, '财务部', '财务专员', ...rest('')])
    else if (i < 150) rows.push([`客服${i}`, `service${i}`, '客服中心', '客服专员', ...rest('')])
    else if (i < 160) rows.push([`市场${i}`, `marketing${i}`, '市场部', '市场专员', ...rest('')])
    else rows.push([`导购${i}`, `clerk${i}`, path, '导购', ...rest('')])
  }
  return workbook('员工名册', rows)
}

async function firstSignIn(page: Page, login: string, first: string) {
  await page.goto('/sign-in')
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(first)
  await page.locator('button[type=submit]').click()
  await page.waitForURL('**/own-password')
  await page.locator('#old').fill(first)
  await page.locator('#new').fill(own)
  await page.locator('#again').fill(own)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !['/sign-in', '/own-password'].includes(url.pathname))
}

const make = async (page: Page, name: string) => {
  const answer = await page.request.post('/api/v1/records/customer', { data: { fields: { name, type: 'individual', phone: '13800138000' } }, headers: { Origin: new URL(page.url()).origin } })
  expect(answer.status(), await answer.text()).toBe(201)
}

const seen = async (page: Page) => {
  const answer = await page.request.get('/api/v1/records/customer?sort=name')
  const { items } = (await answer.json()) as { items: { title: string; masked: Record<string, string>; hidden: string[]; fields: Record<string, unknown> }[] }
  return items
}

let at: Empty
test.beforeAll(async () => {
  at = await serveEmpty('ten')
})
test.afterAll(() => at.stop())

test('ten minutes, 1,000 people', async ({ browser }) => {
  test.setTimeout(900_000)
  const began = Date.now()
  const page = await browse(browser, at)
  const hand = new Hand(page)
  hand.steps++
  await page.goto(at.link)

  await hand.type(page.getByLabel('公司名称'), '关雎零售')
  await hand.press(page.getByRole('button', { name: '下一步' }))
  await hand.type(page.getByLabel('姓名'), '钱管家')
  await hand.type(page.getByLabel('登录名'), 'qian')
  await hand.type(page.getByLabel('密码', { exact: true }), own)
  await hand.type(page.getByLabel('再输一次密码'), own)
  await hand.press(page.getByText('只是系统管理员'))
  await hand.press(page.getByRole('button', { name: '下一步' }))
  await hand.press(page.getByRole('radio', { name: /连锁零售/ }))
  for (const [position, pack] of [
    ['大区经理', '部门负责人'],
    ['店长', '部门负责人'],
    ['导购', '销售'],
    ['客服专员', '客服'],
    ['财务专员', '财务'],
    ['市场专员', '市场'],
  ] as const)
    await hand.choose(page.getByLabel(`${position}的权限包`), pack)
  await hand.press(page.getByRole('button', { name: '下一步' }))
  await hand.type(page.getByLabel('部门清单'), '财务部\n客服中心\n市场部')
  await hand.press(page.getByRole('button', { name: '下一步' }))
  await hand.press(page.getByRole('button', { name: '创建公司并进入' }))
  await page.waitForURL('**/org*')

  await hand.press(page.getByRole('button', { name: '人员管理' }))
  await hand.press(page.getByRole('button', { name: '导入员工名册' }))
  await hand.file(page.locator('dialog input[type=file]'), {
    name: '员工名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: staffList(),
  })
  await expect(page.getByText('1,000 行全部正确')).toBeVisible({ timeout: 300_000 })
  await hand.press(page.getByRole('button', { name: '导入 1,000 人' }))
  await expect(page.getByRole('heading', { name: /已导入 1,000 人/ })).toBeVisible({ timeout: 300_000 })
  await hand.press(page.getByRole('button', { name: '开通并生成密码' }))
  const saved = page.waitForEvent('download')
  await hand.press(page.getByRole('button', { name: /下载 1,000 人的密码清单/ }))
  const list = readFileSync(await (await saved).path(), 'utf8')
  await hand.press(page.getByRole('button', { name: '关闭' }))
  const took = (Date.now() - began) / 1000
  console.log(`ten minutes, 1,000 people: ${hand.steps} steps, ${took.toFixed(0)} s of the program`)
  expect(hand.steps).toBeLessThan(60)

  // What the workbook has as a number and as a day came in as a telephone number and a day.
  const answer = await page.request.get(`/api/v1/records/person?filter=${encodeURIComponent('r.login == "clerk200"')}`)
  const person = ((await answer.json()) as { items: { fields: Record<string, unknown> }[] }).items[0]
  expect(person?.fields).toMatchObject({ name: '导购200', phone: '13800000200', hire_date: '2020-09-05' })

  const first = (login: string) => {
    const line = list.split('\r\n').find((row) => row.includes(`"${login}"`))
    return line?.split(',').at(-1)?.replaceAll('"', '') ?? ''
  }
  const as = async (login: string) => {
    const theirs = await browse(browser, at)
    await firstSignIn(theirs, login, first(login))
    return theirs
  }
  // Two sellers of one store, one of another region; the head of the first region; finance.
  const seller = await as('clerk200')
  const colleague = await as('clerk300')
  const stranger = await as('clerk201')
  await make(seller, '甲的客户')
  await make(colleague, '乙的客户')
  await make(stranger, '外区的客户')
  const head = await as('region0')
  const finance = await as('finance125')

  const names = (items: Awaited<ReturnType<typeof seen>>) => items.map((item) => item.title).sort()
  const mine = await seen(seller)
  expect(mine.find((item) => item.title === '甲的客户')?.fields.phone).toBeTruthy()
  // The trade lets colleagues of one store see each other's customers, in general only.
  expect(names(mine)).toEqual(['乙的客户', '甲的客户'].sort())
  expect(mine.find((item) => item.title === '乙的客户')?.fields.phone).toBeUndefined()
  expect(names(await seen(stranger))).toEqual(['外区的客户'])
  expect(names(await seen(head))).toEqual(['乙的客户', '甲的客户'].sort())
  const all = await seen(finance)
  expect(names(all)).toEqual(['乙的客户', '外区的客户', '甲的客户'].sort())
  expect(all.every((item) => item.fields.phone === undefined)).toBe(true)
  await head.goto('/records/customer')
  await expect(head.getByText('甲的客户').first()).toBeVisible()
  await expect(head.getByText('外区的客户')).toHaveCount(0)
  expect(await seen(page)).toEqual([])
})
