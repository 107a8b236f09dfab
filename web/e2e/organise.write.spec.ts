import { expect, type Page, test } from '@playwright/test'
import { browse, type Empty, Hand, serveEmpty } from './empty'
import { expectAccessible } from './stage'

// The organisation as an administrator changes it: units dragged and moved by menu, people who join,
// move and leave, each seen before it is done.

const secret = 'my own password'
let at: Empty

test.beforeAll(async ({ request }) => {
  at = await serveEmpty('organise')
  const code = new URL(at.link).hash.slice('#code='.length)
  const made = await request.post(`${at.url}/api/v1/setup`, {
    data: {
      code,
      company: { name: '关雎生活' },
      admin: { name: '孙浩', login: 'sunh', password: secret, sees_all: true },
      trade: 'retail',
      lang: 'zh',
      sample: true,
      units: [
        { name: '华东大区', type: 'region', parent: '' },
        { name: '上海店', type: 'store', parent: '华东大区' },
        { name: '华南大区', type: 'region', parent: '' },
        { name: '广州店', type: 'store', parent: '华南大区' },
      ],
    },
  })
  expect(made.status()).toBe(201)
})
test.afterAll(() => at.stop())

test('units move, people join, move and leave', async ({ browser }) => {
  const page = await browse(browser, at)
  await page.goto('/sign-in')
  await page.locator('#login').fill('sunh')
  await page.locator('#password').fill(secret)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !['/sign-in', '/own-password'].includes(url.pathname))
  await page.goto('/org')
  const hand = new Hand(page)
  const line = (name: string) => page.getByRole('treeitem', { name: new RegExp(name) })

  // By drag, which ends in the same dialog as the menu.
  await hand.drag(line('广州店').locator('.tree-name'), line('华东大区').locator('.tree-name'))
  await expect(page.getByRole('heading', { name: '移动“广州店”' })).toBeVisible()
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await expect(page.getByText(/不会改变任何人|人的权限会改变/)).toBeVisible()
  await page.getByRole('button', { name: '移动', exact: true }).click()
  await expect(page.getByText('已移动“广州店”').last()).toBeVisible()
  await expect(line('广州店')).toHaveAttribute('aria-level', '3')

  // By menu and keyboard.
  await line('广州店').click()
  await page.getByRole('button', { name: '移动到…' }).click()
  await page.getByRole('combobox', { name: '新的上级部门' }).fill('华南')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByRole('button', { name: '移动', exact: true }).click()
  await expect(page.getByText('已移动“广州店”').last()).toBeVisible()

  await page.getByRole('button', { name: '新建下级' }).click()
  await page.getByLabel('名称').fill('夜班组')
  await page.getByRole('button', { name: '新建下级' }).last().click()
  await expect(line('夜班组')).toBeVisible()
  await page.getByRole('button', { name: '编辑', exact: true }).click()
  await page.getByLabel('纬度').fill('23.13')
  await page.getByLabel('经度').fill('113.26')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '地图' }).click()
  await expect(page.getByRole('button', { name: /广州店 23\.13/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '部门', exact: true }).click()

  // Two people join; the second one by the wizard's account, shown once.
  const join = async (name: string, login: string, position: string) => {
    await page.getByRole('button', { name: '入职' }).click()
    await page.getByLabel('姓名').fill(name)
    await page.getByLabel('登录名').fill(login)
    await page.getByLabel('岗位', { exact: true }).selectOption({ label: position })
    await page.getByRole('button', { name: '看看会改变什么' }).click()
    await expect(page.getByText(name).last()).toBeVisible()
    await page.getByRole('button', { name: '确认入职' }).click()
    await expect(page.getByRole('heading', { name: `${name}已入职` })).toBeVisible()
    const first = await page.locator('dialog code').first().textContent()
    await page.getByRole('button', { name: '关闭' }).click()
    return first ?? ''
  }
  await line('广州店').click()
  const first = await join('黄建国', 'huangjg', '导购')
  await join('梁文博', 'liangwb', '店长')
  const seller = await browse(browser, at)
  await seller.goto('/sign-in')
  await seller.locator('#login').fill('huangjg')
  await seller.locator('#password').fill(first)
  await seller.locator('button[type=submit]').click()
  await seller.waitForURL('**/own-password')
  await expect(seller.locator('#old')).toBeVisible()
  await expectAccessible(seller)
  await seller.locator('#old').fill(first)
  await seller.locator('#new').fill(secret)
  await seller.locator('#again').fill(secret)
  await seller.locator('button[type=submit]').click()
  await seller.waitForURL((url) => !['/sign-in', '/own-password'].includes(url.pathname))
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: '老街茶馆' } }, headers: { Origin: at.url } })
  expect(made.status()).toBe(201)

  // The panel of a person: bars, account, packs, what they see.
  await page.getByRole('button', { name: '黄建国' }).click()
  await expect(page.getByText('可以登录')).toBeVisible()
  await page.getByRole('button', { name: '看看此人能看到什么' }).click()
  await expect(page.getByText('拥有的权限包')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('dialog').getByRole('button', { name: '调岗' }).click()
  await page.getByRole('combobox', { name: '调到部门' }).fill('上海')
  await page.keyboard.press('Enter')
  await page.getByLabel('新岗位').selectOption({ label: '导购' })
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByRole('button', { name: '确认调岗' }).click()
  await expect(page.getByText('已调岗')).toBeVisible()
  const close = page.getByRole('button', { name: '关闭' })
  await close.click()
  await line('上海店').click()
  await page.getByRole('button', { name: '黄建国' }).click()

  // Leaving: what is open, to whom it goes, who gains and loses; nothing before the confirmation.
  await page.getByRole('dialog').getByRole('button', { name: '离职' }).click()
  await expect(page.getByText('1 个进行中 / 共 1 个')).toBeVisible()
  await page.getByRole('combobox', { name: '交接给' }).fill('梁文博')
  await page.getByRole('option', { name: /梁文博/ }).click()
  await page.getByText('查看进行中的').click()
  await expect(page.getByRole('dialog').getByText('老街茶馆')).toBeVisible()
  await page.getByLabel(/交接说明/).fill('老客户，周三回访')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await expect(page.getByText(/−.*查看 1/).first()).toBeVisible()
  expect((await seller.request.get('/api/v1/me')).status()).toBe(200)
  await page.getByRole('button', { name: '确认离职' }).click()
  await expect(page.getByText('已办理离职')).toBeVisible()
  expect((await seller.request.get('/api/v1/me')).status()).toBe(401)
  const kept = await page.request.get('/api/v1/records/customer?q=老街茶馆')
  const { items } = (await kept.json()) as { items: { id: string; fields: { owner: string }; refs: Record<string, { title: string }> }[] }
  expect(JSON.stringify(items[0])).toContain('梁文博')
  const told = await page.request.get(`/api/v1/records/customer/${items[0]?.id}/timeline?what=changes`)
  expect(await told.text()).toContain('老客户，周三回访')
})

/** The administrator signed in, and the shop in Shanghai with its sales assistants. */
async function inShanghai(page: Page) {
  const { request } = page
  const headers = { Origin: at.url }
  const post = async <T>(path: string, data: unknown) => {
    const answer = await request.post(`/api/v1${path}`, { data, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as T
  }
  const listed = async (path: string) => ((await (await request.get(`/api/v1${path}`)).json()) as { items: { id: string; code: string; name: string; label?: { zh: string } }[] }).items
  await post('/session', { login: 'sunh', password: secret })
  const unit = (await listed('/org/units')).find((one) => one.name === '上海店')?.id ?? ''
  const position = (await listed('/org/positions')).find((one) => one.label?.zh === '导购')?.code ?? ''
  return { post, unit, position, headers }
}

test('what a leaver has is spread by city, or goes into a pool, and what cannot goes to one person', async ({ browser }) => {
  const page = await browse(browser, at)
  const { request } = page
  const { post, unit, position } = await inShanghai(page)
  const names = ['许静', '何勇', '邓敏', '谢芳']
  const logins = ['xuj', 'hey', 'dengm', 'xief']
  await post('/org/changes', { join: names.map((name, i) => ({ fields: { name, login: logins[i] }, appointments: [{ unit, position }] })) })
  const people = (await (await request.get('/api/v1/records/person?limit=50')).json()) as { items: { id: string; title: string }[] }
  const idOf = (name: string) => people.items.find((one) => one.title === name)?.id ?? ''
  const customer = async (name: string, owner: string, city: string) => (await post<{ id: string }>('/records/customer', { fields: { name, city, owner: idOf(owner), unit } })).id
  const holder = async (id: string) => ((await (await request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: { owner: string | null; pool: string | null } }).fields
  const pool = await post<{ id: string }>('/org/pools', { name: '上海公海', open: [{ unit, below: true }] })

  /** The wizard of somebody who leaves, as far as how it is handed over. */
  const leaving = async (name: string, way: string) => {
    await page.goto('/org')
    await page.getByRole('treeitem', { name: /上海店/ }).click()
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '离职' }).click()
    await page.getByLabel(way).check()
    return page.getByRole('dialog', { name: '离职' })
  }
  const finish = async () => {
    await page.getByRole('button', { name: '看看会改变什么' }).click()
    await page.getByRole('button', { name: '确认离职' }).click()
    await expect(page.getByText('已办理离职')).toBeVisible()
  }
  const pick = async (label: string, name: string) => {
    await page.getByRole('combobox', { name: label }).fill(name)
    await page.getByRole('option', { name: new RegExp(name) }).click()
  }

  const spread = await Promise.all(['苏州', '苏州', '无锡'].map((city, i) => customer(`分配客户 ${i}`, '许静', city)))
  let dialog = await leaving('许静', '按规则分给几个人')
  await pick('添加接手人', '何勇')
  await expect(dialog.locator('.leave-heirs')).toContainText('何勇')
  await pick('添加接手人', '邓敏')
  await expect(dialog.locator('.leave-heirs')).toContainText('邓敏')
  await page.getByLabel('分配规则').selectOption({ label: '同一城市的客户给同一人' })
  await page.getByLabel(/交接说明/).fill('苏州两家是连锁')
  await expectAccessible(page)
  await finish()
  const owners = (await Promise.all(spread.map(holder))).map((fields) => fields.owner)
  expect(owners[0]).toBe(owners[1])
  expect(new Set(owners)).toEqual(new Set([idOf('何勇'), idOf('邓敏')]))
  expect(await (await request.get(`/api/v1/records/customer/${spread[0]}/timeline?what=changes`)).text()).toContain('苏州两家是连锁')

  const [quiet, held] = await Promise.all([customer('安静的客户', '谢芳', '上海'), customer('有合同的客户', '谢芳', '上海')])
  await post('/records/contract', { fields: { number: 'HT-1', customer: held, stage: 'performing' } })
  dialog = await leaving('谢芳', '客户放回公海')
  await dialog.getByLabel('放入公海').selectOption({ label: '上海公海' })
  await pick('其余交接给（可不填）', '何勇')
  await finish()
  expect(await holder(quiet as string)).toMatchObject({ pool: pool.id, owner: null })
  expect(await holder(held as string)).toMatchObject({ owner: idOf('何勇') })
})

test('who moves to another store writes what they leave, and hands their customers on in the same step', async ({ browser }) => {
  const page = await browse(browser, at)
  const { request } = page
  const { post, unit, position, headers } = await inShanghai(page)
  const join = (name: string, login: string) => ({ fields: { name, login }, appointments: [{ unit, position }], account: true, password: `${secret}-1` })
  await post('/org/changes', { join: [join('方圆', 'fangy'), join('石磊', 'shil')] })
  const people = (await (await request.get('/api/v1/records/person?limit=50')).json()) as { items: { id: string; title: string }[] }
  const owner = people.items.find((one) => one.title === '方圆')?.id ?? ''
  const { id } = await post<{ id: string }>('/records/customer', { fields: { name: '调岗前的客户', city: '上海', owner, unit } })

  const mover = await browse(browser, at)
  await mover.request.post('/api/v1/session', { data: { login: 'fangy', password: `${secret}-1` }, headers })
  await mover.request.post('/api/v1/password', { data: { old: `${secret}-1`, new: `${secret}-2` }, headers })
  await mover.goto('/account')
  await mover.getByRole('textbox', { name: '我的交接说明' }).fill('月底续约，先找前台')
  await mover.getByRole('button', { name: '保存说明' }).click()
  await expect(mover.getByText('已保存交接说明')).toBeVisible()

  await page.goto('/org')
  await page.getByRole('treeitem', { name: /上海店/ }).click()
  await page.getByRole('button', { name: '方圆', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '调岗' }).click()
  const dialog = page.getByRole('dialog', { name: '调岗' })
  await dialog.getByRole('combobox', { name: '调到部门' }).fill('广州')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('新岗位').selectOption({ label: '导购' })
  await expect(dialog.getByText('1 个进行中 / 共 1 个')).toBeVisible()
  await dialog.getByLabel('全部交给一个人').check()
  await expect(dialog.getByText('本人写了交接说明，会一并转给接手人。')).toBeVisible()
  await expect(dialog.getByText('月底续约')).toHaveCount(0)
  await dialog.getByRole('combobox', { name: '交接给' }).fill('石磊')
  await page.getByRole('option', { name: /石磊/ }).click()
  await dialog.getByLabel(/^交接说明/).fill('由石磊接手')
  await expectAccessible(page)
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  expect((await mover.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(200)
  await page.getByRole('button', { name: '确认调岗' }).click()
  await expect(page.getByText('已调岗')).toBeVisible()

  expect((await mover.request.get(`/api/v1/records/customer/${id}`)).status()).toBe(404)
  await mover.goto('/records/customer')
  await expect(mover.getByText('调岗前的客户')).toHaveCount(0)
  await mover.goto('/account')
  await expect(mover.getByRole('textbox', { name: '我的交接说明' })).toHaveValue('')
  const heir = await browse(browser, at)
  await heir.request.post('/api/v1/session', { data: { login: 'shil', password: `${secret}-1` }, headers })
  await heir.request.post('/api/v1/password', { data: { old: `${secret}-1`, new: `${secret}-2` }, headers })
  await heir.goto(`/records/customer/${id}`)
  await expect(heir.getByText('由石磊接手')).toBeVisible()
  await expect(heir.getByText('原负责人的交接说明')).toBeVisible()
  await expect(heir.getByText('月底续约，先找前台')).toBeVisible()
})
