import type { Page } from '@playwright/test'
import { comeBack, conduct, expectPlainWords, type Way } from './conduct'
import { again, expect, find, inTurn, type Login, test } from './stage'

// Every page in every state it can be in. What a page shows is driven by the real server's answers:
// late, broken, empty, refused, or gone stale. A state that a page does not have says why in a word.

type Gap = `not: ${string}`
const isGap = (state: unknown): state is Gap => typeof state === 'string'

interface Row {
  page: string
  as: Login
  path: string | ((page: Page) => Promise<string>)
  /** The question whose answer the page shows. */
  asks: RegExp
  /** What stands there whatever becomes of the answer. */
  heading: RegExp | Gap
  /** What the answer is seen by. */
  shows: string
  /** It lies over the page and shuts off what is said above it. */
  modal?: true
  /** What leads to it, where it is not the page itself. */
  open?: (page: Page) => Promise<void>
  /** The answer emptied, and what is said then; it is not said before it is known. */
  empty: { answer: Way; says: RegExp } | Gap
  /** What a refusal reads as. */
  denied: RegExp | Gap
}

const none = () => ({ items: [], total: { count: 0, capped: false } })
const noItems = (real: Record<string, unknown>) => ({ ...real, items: [] })
const forbidden = /没有权限/
const missing = /没有找到这个页面/

const firstCustomer = async (page: Page) => `/records/customer/${(await find(page, 'customer', { limit: '1' })).items[0]?.id}`
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()

const rows: Row[] = [
  { page: 'list', as: 'linda3', path: '/records/contact', asks: /^\/api\/v1\/records\/contact\?/, heading: /^联系人$/, shows: '.grid-row', empty: { answer: none, says: /还没有联系人/ }, denied: forbidden },
  { page: 'board', as: 'linda3', path: '/records/contract?as="board"', asks: /^\/api\/v1\/records\/contract\?/, heading: /^合同$/, shows: '.board-card', empty: { answer: none, says: /这里还没有|没有/ }, denied: forbidden },
  { page: 'calendar', as: 'linda3', path: '/records/task?as="calendar"', asks: /^\/api\/v1\/records\/task\?/, heading: /^任务$/, shows: '.month, .calendar-grid, [role=grid], .agenda', empty: 'not: an empty month is a month', denied: forbidden },
  { page: 'record', as: 'linda3', path: firstCustomer, asks: /^\/api\/v1\/records\/customer\/\d+$/, heading: 'not: its title is the answer', shows: '.record-head h1', empty: 'not: a record is something', denied: missing },
  { page: 'form', as: 'linda3', path: async (page) => `${await firstCustomer(page)}/edit`, asks: /^\/api\/v1\/records\/customer\/\d+$/, heading: 'not: its title is the answer', shows: 'form input', empty: 'not: a record is something', denied: missing },
  { page: 'timeline', as: 'linda3', path: firstCustomer, asks: /\/timeline/, heading: /./, shows: '.timeline li', empty: { answer: noItems, says: /还没有/ }, denied: forbidden },
  { page: 'related', as: 'linda3', path: firstCustomer, open: tab('相关'), asks: /^\/api\/v1\/records\/contract\?/, heading: /./, shows: 'section.related:has(h2:has-text("合同")) li', empty: { answer: none, says: /没有合同/ }, denied: 'not: each list says for itself that it did not come' },
  { page: 'files', as: 'linda3', path: firstCustomer, open: tab('附件'), asks: /\/attachments/, heading: /./, shows: '.record-panel .drop', empty: { answer: noItems, says: /还没有附件|没有附件/ }, denied: forbidden },
  { page: 'team', as: 'linda3', path: firstCustomer, open: tab('协作'), asks: /\/team/, heading: /./, shows: '.record-panel .panel-head', empty: { answer: noItems, says: /没有/ }, denied: forbidden },
  { page: 'dashboard', as: 'linda3', path: '/', asks: /^\/api\/v1\/figures\//, heading: /Linda/, shows: '.tile-value', empty: { answer: (real: object) => ({ ...real, groups: [] }), says: /没有数据|暂无/ }, denied: forbidden },
  { page: 'organisation', as: 'stephanie0', path: '/org', asks: /^\/api\/v1\/org\/units$/, heading: /^组织/, shows: '[role=treeitem]', empty: { answer: noItems, says: /还没有/ }, denied: forbidden },
  { page: 'person', modal: true, as: 'stephanie0', path: '/org?person="1048888"', asks: /^\/api\/v1\/org\/appointments/, heading: /^组织/, shows: '.person-posts li', empty: { answer: noItems, says: /没有任职/ }, denied: forbidden },
  { page: 'imports', as: 'ken0', path: '/data/imports', asks: /^\/api\/v1\/imports/, heading: /导入/, shows: '.history, .jobs-history .state:has-text("还没有")', empty: { answer: noItems, says: /还没有/ }, denied: forbidden },
  { page: 'exports', as: 'ken0', path: '/data/exports', asks: /^\/api\/v1\/exports/, heading: /导出/, shows: '.history, .jobs-history .state:has-text("还没有")', empty: { answer: noItems, says: /还没有/ }, denied: forbidden },
  { page: 'requests', as: 'ken0', path: '/requests?scope="all"', asks: /^\/api\/v1\/requests\?/, heading: /申请/, shows: '.requests .pick-list li, .requests .state:has-text("还没有")', empty: { answer: noItems, says: /还没有任何申请/ }, denied: forbidden },
  { page: 'emergencies', as: 'stephanie0', path: '/emergencies?tab="all"', asks: /^\/api\/v1\/emergencies\?/, heading: /应急访问/, shows: '.emergencies .pick-list li, .emergencies .state:has-text("没有应急访问")', empty: { answer: noItems, says: /没有应急访问/ }, denied: forbidden },
  { page: 'approvals', as: 'stephanie0', path: '/policy/approvals', asks: /^\/api\/v1\/approvals\/chains$/, heading: /审批/, shows: '.chain li', empty: 'not: every type has a chain', denied: forbidden },
  { page: 'exportControl', as: 'stephanie0', path: '/policy/exports', asks: /^\/api\/v1\/exports\/blocked$/, heading: /导出管控/, shows: '.blocked-people li, .export-control .state:has-text("没有导出被拦截")', empty: { answer: (real: object) => ({ ...real, people: [], items: [] }), says: /没有导出被拦截/ }, denied: forbidden },
  { page: 'packs', as: 'stephanie0', path: '/policy/packs', asks: /^\/api\/v1\/policy\/packs$/, heading: /权限包/, shows: '.packs-list button', empty: 'not: there are always the presets', denied: forbidden },
  { page: 'matrix', as: 'stephanie0', path: '/policy/matrix', asks: /^\/api\/v1\/policy\/matrix$/, heading: /矩阵/, shows: '[role=gridcell]', empty: 'not: there are always kinds', denied: forbidden },
  { page: 'rules', as: 'stephanie0', path: '/policy/rules', asks: /^\/api\/v1\/policy\/rules$/, heading: /规则/, shows: '.rules article, .rules-list button, .rules li', empty: 'not: the rules of the packs stand beside', denied: forbidden },
  { page: 'drafts', as: 'stephanie0', path: '/policy/drafts', asks: /^\/api\/v1\/policy\/drafts$/, heading: /草稿/, shows: '.draft-page .state:has-text("草稿"), .draft-line', empty: { answer: noItems, says: /没有/ }, denied: forbidden },
  { page: 'versions', as: 'stephanie0', path: '/policy/versions', asks: /^\/api\/v1\/policy\/versions\?/, heading: /版本/, shows: '.versions tbody tr', empty: 'not: the first policy is a version', denied: forbidden },
  { page: 'account', as: 'linda3', path: '/account', asks: /^\/api\/v1\/sessions$/, heading: /账户/, shows: '[aria-labelledby=sessions-title] .device', empty: 'not: one is signed in', denied: forbidden },
]

for (const row of inTurn(rows, 3)) {
  test(`states: ${row.page}`, async ({ as }) => {
    const page = await as(row.as)
    await page.waitForLoadState()
    const path = typeof row.path === 'string' ? row.path : await row.path(page)
    const main = page.getByRole('main')
    const shown = page.locator(row.shows).first()
    const emptyWords = isGap(row.empty) ? undefined : row.empty.says
    await page.clock.install()
    const answers = await conduct(page, row.asks, 'held')
    await page.goto(path)
    await row.open?.(page)

    await test.step('loading', async () => {
      await expect.poll(answers.asked).toBeGreaterThan(0)
      await expect(page.getByRole('status').filter({ hasText: /加载|统计/ }).first()).toBeAttached()
      if (!isGap(row.heading)) await expect(page.getByRole('heading', { level: 1, name: row.heading })).toBeVisible()
      await expect(shown).toHaveCount(0)
      if (emptyWords) await expect(main.getByText(emptyWords)).toHaveCount(0)
      await expect(page.getByText(/出了点问题/)).toHaveCount(0)
    })

    await test.step('error', async () => {
      answers('broken')
      const retry = page.getByRole('button', { name: '重试' }).first()
      await expect(retry).toBeVisible()
      if (!isGap(row.heading)) await expect(page.getByRole('heading', { level: 1, name: row.heading })).toBeVisible()
      await expect(page.getByText('words of the server')).toHaveCount(0)
      if (emptyWords) await expect(main.getByText(emptyWords)).toHaveCount(0)
      await expectPlainWords(page)
      answers('real')
      // Several panels may ask the same; each says so for itself.
      await again(async (timeout) => {
        while (await retry.isVisible()) await retry.click({ timeout })
        await expect(shown).toBeVisible({ timeout })
      })
    })

    await test.step('refetching', async () => {
      const before = answers.asked()
      answers('held')
      await comeBack(page)
      await expect.poll(answers.asked).toBeGreaterThan(before)
      await expect(shown).toBeVisible()
      if (!isGap(row.heading)) await expect(page.getByRole('heading', { level: 1, name: row.heading })).toBeVisible()
    })

    await test.step('stale', async () => {
      answers('broken')
      const told = page.getByText(/部分内容没有刷新成功/)
      await expect(told).toBeVisible()
      await expect(shown).toBeVisible()
      await expect(page.getByText('出了点问题')).toHaveCount(0)
      answers('real')
      if (row.modal) await comeBack(page)
      else await page.locator('.lost-banner').getByRole('button', { name: '重试' }).click()
      await expect(told).toBeHidden()
      await expect(shown).toBeVisible()
    })

    if (!isGap(row.empty)) {
      const { answer, says } = row.empty
      await test.step('empty', async () => {
        await answers.answered()
        answers(answer)
        await comeBack(page)
        await expect(page.getByText(says).first()).toBeVisible()
        await expectPlainWords(page)
      })
    }

    if (!isGap(row.denied)) {
      const says = row.denied
      await test.step('denied', async () => {
        await answers.answered()
        answers(says === missing ? 'missing' : 'denied')
        await comeBack(page)
        await expect(page.getByText(says).first()).toBeVisible()
        await expect(page.getByRole('button', { name: '申请权限' }).first()).toBeVisible()
        await expect(shown).toHaveCount(0)
        await expectPlainWords(page)
      })
    }
    await answers.done()
  })
}

// Real people with real limits: what is shown in part says so, and says why when it is asked.
const partly: { page: string; as: Login; path: string | ((page: Page) => Promise<string>); marks: string; says?: RegExp }[] = [
  { page: 'list', as: 'zainal0', path: '/records/contract', marks: '.grid-row .masked' },
  { page: 'board', as: 'zainal0', path: '/records/contract?as="board"', marks: '.board-card .masked' },
  { page: 'record', as: 'linda3', path: firstCustomer, marks: '.record .masked', says: /部分/ },
  { page: 'form', as: 'linda3', path: async (page) => `${await firstCustomer(page)}/edit`, marks: 'form input' },
  { page: 'dashboard', as: 'zainal0', path: '/', marks: '.tile-locked', says: /金额对您不可见/ },
]

for (const row of partly) {
  test(`partly hidden: ${row.page}`, async ({ as }) => {
    const page = await as(row.as)
    await page.goto(typeof row.path === 'string' ? row.path : await row.path(page))
    await expect(page.locator(row.marks).first()).toBeVisible()
    if (row.says) await expect(page.getByRole('main').getByText(row.says).first()).toBeVisible()
    if (row.page === 'form') await expect(page.getByLabel('开户银行')).toHaveCount(0)
    const mark = page.locator('.masked').first()
    if (await mark.isVisible()) {
      await mark.click()
      await expect(page.getByRole('dialog').getByRole('button', { name: '申请权限' })).toBeVisible()
    }
  })
}

// What takes longer than a second says that it goes on; what fails keeps what was typed.
test('waiting: a form, a comment, a view, an export', async ({ as }) => {
  const page = await as('linda3')
  const path = await firstCustomer(page)
  const working = page.getByRole('status').filter({ hasText: '正在处理，请稍候…' })

  await page.goto(`${path}/edit`)
  const field = page.getByRole('textbox').first()
  const typed = `${await field.inputValue()} 二`
  await field.fill(typed)
  const save = await conduct(page, /^\/api\/v1\/records\/customer\/\d+$/, 'held')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('button', { name: '正在保存…' })).toBeDisabled()
  await expect(working).toBeVisible()
  save('broken')
  await expect(page.getByRole('alert').filter({ hasText: '服务器内部错误，请稍后重试。' })).toBeVisible()
  await expect(working).toBeHidden()
  await expect(field).toHaveValue(typed)
  await save.done()

  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(path)
  const send = await conduct(page, /\/comments$/)
  const text = page.getByRole('textbox', { name: /评论/ })
  await text.fill('稍后联系')
  send('held')
  await page.getByRole('button', { name: '发表' }).click()
  await expect(page.getByRole('button', { name: '正在发表…' })).toBeDisabled()
  await expect(working).toBeVisible()
  send('broken')
  await expect(page.getByText('服务器内部错误，请稍后重试。')).toBeVisible()
  await expect(text).toHaveValue('稍后联系')
  await send.done()

  await page.goto('/records/contact')
  await page.getByRole('button', { name: /^视图/ }).click()
  await page.getByRole('button', { name: /另存为|保存为/ }).click()
  await page.getByRole('textbox', { name: /名称/ }).fill('我的')
  const keep = await conduct(page, /^\/api\/v1\/views$/, 'held')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(working).toBeVisible()
  keep('broken')
  await expect(page.getByText('服务器内部错误，请稍后重试。')).toBeVisible()
  await expect(working).toBeHidden()
  await keep.done()
})

test('waiting: the sign-in', async ({ nobody }) => {
  const page = await nobody()
  await page.goto('/sign-in')
  const door = await conduct(page, /^\/api\/v1\/session$/, 'held')
  await page.locator('#login').fill('linda3')
  await page.locator('#password').fill('wrong')
  await page.locator('button[type=submit]').click()
  await expect(page.getByRole('button', { name: '正在登录…' })).toBeDisabled()
  door('broken')
  await expect(page.getByRole('alert')).toHaveText('服务器内部错误，请稍后重试。')
  await expect(page.locator('#login')).toHaveValue('linda3')
  await door.done()
})

// What ends within a week is marked wherever it is shown; what ends later is not.
const hour = 3600_000
const inHours = (hours: number) => new Date(Date.now() + hours * hour + hour / 2).toISOString()
const who = { id: '1', name: '王芳' }

test('about to expire', async ({ as }) => {
  const admin = await as('stephanie0')
  const seller = await as('linda3')
  const ends = (page: Page) => page.locator('.ending')
  type Items = { items: Record<string, unknown>[] }
  const last = (until: string) => (real: Items) => ({ ...real, items: real.items.map((one, i) => (i === 0 ? { ...one, until } : one)) })

  await test.step('appointments of a person, and of a unit', async () => {
    const posts = await conduct(admin, /^\/api\/v1\/org\/(units\/\d+\/appointments|appointments)/, last(inHours(75)))
    await admin.goto('/org?unit="1048605"')
    await expect(ends(admin)).toHaveText(['3天后到期'])
    await admin.goto('/org?person="1048888"')
    await expect(ends(admin)).toHaveText(['3天后到期'])
    posts(last(inHours(24 * 9)))
    await admin.goto('/org?person="1048888"')
    await expect(admin.locator('.person-posts li').first()).toBeVisible()
    await expect(ends(admin)).toHaveCount(0)
    await posts.done()
  })

  await test.step('packs that are assigned for a time', async () => {
    const packs = await conduct(admin, /^\/api\/v1\/policy\/assignments$/, (real: Items) => ({
      items: real.items.map((one) => ({ ...one, until: inHours(50) })),
    }))
    await admin.goto('/policy/packs')
    await expect(ends(admin).first()).toHaveText('2天后到期')
    await packs.done()
  })

  await test.step('somebody who works on a record for a time', async () => {
    const team = await conduct(seller, /\/team$/, () => ({ items: [{ person: who, until: inHours(5) }, { person: { id: '2', name: '李雷' }, until: inHours(24 * 30) }] }))
    await seller.goto(await firstCustomer(seller))
    await tab('协作')(seller)
    await expect(ends(seller)).toHaveText(['5小时后到期'])
    await team.done()
  })

  await test.step('a rule that shows something for a time', async () => {
    const why = await conduct(seller, /^\/api\/v1\/explain\?/, (real: { permits?: object[] }) => ({
      ...real,
      permits: (real.permits ?? []).map((one) => ({ ...one, until: inHours(30) })),
    }))
    await seller.locator('.masked').first().click()
    await expect(seller.getByRole('dialog').locator('.ending').first()).toHaveText('1天后到期')
    await why.done()
  })

  await test.step('one’s own appointment, access, session and tokens', async () => {
    const given = [
      { id: '7', giver: who, receiver: { id: '1048888', name: 'Linda' }, state: 'active', until: inHours(100), sentence: { zh: '可以查看 1 个客户', en: 'may read 1 customer' } },
      { id: '8', giver: who, receiver: who, state: 'active', until: inHours(1), sentence: { zh: '别人的', en: 'of others' } },
    ]
    const all = [
      await conduct(seller, /^\/api\/v1\/me$/, (me: { appointments: object[] }) => ({ ...me, appointments: me.appointments.map((a) => ({ ...a, until: inHours(20) })) })),
      await conduct(seller, /^\/api\/v1\/grants$/, () => ({ items: given })),
      await conduct(seller, /^\/api\/v1\/sessions$/, last(inHours(2))),
      await conduct(seller, /^\/api\/v1\/tokens$/, () => ({ items: [{ id: '3', name: '报表程序', until: inHours(24 * 6), last_seen_at: inHours(-3) }, { id: '4', name: '旧程序', until: inHours(24 * 60) }] })),
    ]
    await seller.goto('/account')
    await expect(seller.locator('[aria-labelledby=standing-title] .ending')).toHaveText(['20小时后到期', '4天后到期'])
    await expect(seller.locator('[aria-labelledby=sessions-title] .ending').first()).toHaveText('2小时后到期')
    await expect(seller.locator('[aria-labelledby=tokens-title] .ending')).toHaveText(['6天后到期'])
    await expect(seller.getByText('别人的')).toHaveCount(0)
    for (const one of all) await one.done()
  })
})

// What opens over a page: it is asked for when it opens, and says for itself how that went.
const over: { name: string; as: Login; path: string; asks: RegExp; open: (page: Page) => Promise<void>; good: RegExp }[] = [
  { name: 'notices', as: 'linda3', path: '/records/contact', asks: /^\/api\/v1\/notices\?|^\/api\/v1\/notices$/, open: (page) => page.getByRole('button', { name: /^通知/ }).first().click(), good: /还没有通知|没有通知/ },
  { name: 'views', as: 'linda3', path: '/records/contact', asks: /^\/api\/v1\/views/, open: (page) => page.getByRole('button', { name: /^视图/ }).click(), good: /我的视图/ },
  { name: 'why', as: 'linda3', path: '/records/customer', asks: /^\/api\/v1\/explain/, open: async (page) => page.locator('.masked, .hidden-mark').first().click(), good: /规则|申请权限/ },
  { name: 'who can', as: 'ken0', path: '/records/contact', asks: /^\/api\/v1\/who-can/, open: async (page) => {
    await page.locator('.grid-row .row-link').first().click()
    await page.getByRole('button', { name: /谁能看到/ }).click()
  }, good: /Ken/ },
]

for (const row of over) {
  test(`states over a page: ${row.name}`, async ({ as }) => {
    const page = await as(row.as)
    const answers = await conduct(page, row.asks, 'held')
    await page.goto(row.path)
    if (row.name === 'why') await page.goto(await firstCustomer(page))
    await row.open(page)
    const panel = page.getByRole('dialog').last()
    await expect(panel.getByRole('status').first()).toBeAttached()
    await expect(panel.getByText('出了点问题')).toHaveCount(0)
    answers('broken')
    await expect(panel.getByText('服务器内部错误，请稍后重试。')).toBeVisible()
    await expectPlainWords(page)
    answers('real')
    await panel.getByRole('button', { name: '重试' }).click()
    await expect(panel.getByText(row.good).first()).toBeVisible()
    await answers.done()
  })
}

test('setting up: the door says when it cannot tell whether it is open', async ({ nobody }) => {
  const page = await nobody()
  const door = await conduct(page, /^\/api\/v1\/setup$/, 'broken')
  await page.goto('/setup')
  await expect(page.getByText('服务器内部错误，请稍后重试。')).toBeVisible()
  await expectPlainWords(page)
  await door.done()
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('button', { name: /登录/ })).toBeVisible()
})

test('a page that is not there can be asked for', async ({ as }) => {
  const page = await as('guy1')
  for (const path of ['/records/customer/1', '/nowhere', '/policy/drafts/1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: /没有找到这个页面|没有权限/ })).toBeVisible()
    await page.getByRole('button', { name: '申请权限' }).click()
    await expect(page.getByRole('dialog', { name: '申请权限' }).getByLabel('用途（必填）')).toBeVisible()
    await page.keyboard.press('Escape')
  }
})
