import { again, expect, expectAccessible, test } from './stage'

// Temporary access 临时授权: given from a record and from marked rows, seen by who receives it, taken
// back and given back.

const stamp = Date.now().toString(36)

/** A customer of the persona's own, with a name that no other story uses. */
async function customer(page: import('@playwright/test').Page, name: string, more: Record<string, string> = {}) {
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `${name}${stamp}`, type: 'company', phone: '13800138000', ...more } }, headers: { Origin: new URL(page.url()).origin } })
  expect(made.status(), await made.text()).toBe(201)
  return (await made.json()) as { id: string; title: string }
}

async function contactOf(page: import('@playwright/test').Page, made: { id: string }, name: string) {
  const answer = await page.request.post('/api/v1/records/contact', { data: { fields: { name: `${name}${stamp}`, customer: made.id, phone: '13900139000' } } })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

async function chooses(dialog: import('@playwright/test').Locator, who: string, label = '给谁') {
  await dialog.getByRole('combobox', { name: label }).fill(who)
  await dialog.getByRole('option').first().click()
}

test('access for two hours is checked, given, seen by its receiver and taken back', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const made = await customer(page, '授权店')
  await page.goto(`/records/customer/${made.id}`)
  await page.getByRole('tab', { name: '协作人' }).click()
  await page.getByRole('button', { name: '添加协作人' }).click()
  const dialog = page.getByRole('dialog', { name: '添加协作人' })
  await dialog.getByLabel('只给选定的内容').check()
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('请选择同事。')
  await chooses(dialog, 'Jae Pak', '同事')
  await dialog.getByRole('button', { name: '2 小时' }).click()
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('请填写用途。')
  const purpose = `代为跟进${stamp}`
  await dialog.getByLabel('用途').fill(purpose)
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('status')).toContainText(purpose)
  await expect(dialog.getByRole('status')).toContainText('点名 1 条记录')
  await dialog.getByRole('button', { name: '确认授权' }).click()
  await expect(dialog).toHaveCount(0)

  await page.goto('/grants')
  const card = page.locator('.grant-card', { hasText: purpose })
  await expect(card).toContainText('生效中')
  await expect(card).toContainText('还没有使用过')
  // The receiver reads it at once.
  const them = await as('jae0')
  expect((await them.request.get(`/api/v1/records/customer/${made.id}`)).status()).toBe(200)
  await page.reload()
  await expect(card).toContainText('最近使用')
  await card.getByRole('button', { name: '续期' }).click()
  const extend = page.getByRole('dialog', { name: /续期$/ })
  await extend.getByLabel('用途').fill(`还没跟完${stamp}`)
  await extend.getByRole('button', { name: '续期' }).click()
  await expect(extend).toHaveCount(0)
  await expect(page.locator('.grant-card', { hasText: `还没跟完${stamp}` })).toContainText('未开始')
  await card.getByRole('button', { name: '收回' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await expect(card).toContainText('已收回')
  await expect(card.getByRole('button', { name: '收回' })).toHaveCount(0)
  expect((await them.request.get(`/api/v1/records/customer/${made.id}`)).status()).toBe(404)
})

test('marked rows are lent for one purpose; for one view there is one view', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const one = await customer(page, '一次店')
  await page.goto(`/records/customer?q=${encodeURIComponent(JSON.stringify(one.title))}`)
  await page.getByRole('checkbox', { name: new RegExp(one.title) }).check()
  await page.locator('.mass-bar').getByRole('button', { name: '临时授权' }).click()
  const dialog = page.getByRole('dialog', { name: /^临时授权/ })
  await chooses(dialog, 'Jae Pak')
  await dialog.getByLabel('联系方式').check()
  await dialog.getByLabel('只能查看一次，看过即失效').check()
  await dialog.getByLabel('用途').fill(`核对电话${stamp}`)
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('status')).toContainText('只能查看一次')
  await dialog.getByRole('button', { name: '确认授权' }).click()
  await expect(dialog).toHaveCount(0)

  const them = await as('jae0')
  await them.goto('/grants?of=received')
  const card = them.locator('.grant-card', { hasText: `核对电话${stamp}` })
  await card.getByRole('button', { name: '查看一次' }).click()
  const view = them.getByRole('dialog')
  await view.getByRole('button', { name: '现在打开' }).click()
  await expect(view).toContainText('13800138000')
  await view.getByRole('button', { name: '关闭' }).click()
  await expect(card).toContainText('已用完')
  await expect(card.getByRole('button')).toHaveCount(0)
  expect((await them.request.get(`/api/v1/records/customer/${one.id}`)).status()).toBe(404)
})

test('a collaborator comes onto a customer with its contacts, those to come as well, and leaves them all at once', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const made = await customer(page, '连同店')
  const first = await contactOf(page, made, '店长')
  await page.goto(`/records/customer/${made.id}`)
  await page.getByRole('tab', { name: '协作人' }).click()
  await page.getByRole('button', { name: '添加协作人' }).click()
  const dialog = page.getByRole('dialog', { name: '添加协作人' })
  await expect(dialog.getByRole('button', { name: '添加', exact: true })).toBeVisible()
  await dialog.getByLabel('只给选定的内容').check()
  await chooses(dialog, 'Jae Pak', '同事')
  await dialog.getByLabel('编辑', { exact: true }).check()
  await dialog.getByLabel('联系人', { exact: true }).check()
  await dialog.getByLabel('用途').fill(`协同拜访${stamp}`)
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('status')).toContainText('连同现在和以后的联系人')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '确认授权' }).click()
  await expect(dialog).toHaveCount(0)

  const lent = page.locator('[data-grant]', { hasText: `协同拜访${stamp}` })
  await expect(lent).toContainText('查看、编辑')
  await expect(lent).toContainText('连同联系人')
  const them = await as('jae0')
  const second = await contactOf(page, made, '店员')
  for (const id of [first, second]) {
    const seen = await them.request.get(`/api/v1/records/contact/${id}`)
    expect(seen.status()).toBe(200)
    expect(await seen.text()).not.toContain('13900139000') // of the fields only the basics were lent
  }
  await lent.getByRole('button', { name: /^移除 Jae/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^移除 Jae/ }).click()
  await expect(lent).toHaveCount(0)
  for (const id of [first, second]) expect((await them.request.get(`/api/v1/records/contact/${id}`)).status()).toBe(404)
})

/** So many days from now, as a field for days holds it. */
const day = (n: number) => new Date(Date.now() + n * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
const shown = (day: string) => day.replaceAll('-', '/')

test('a collaborator is one from a day until a day: before it the customer is not found, and once taken away neither', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const made = await customer(page, '限期店', { city: '苏州' })
  const contact = await contactOf(page, made, '值班')
  await page.goto(`/records/customer/${made.id}`)
  await page.getByRole('tab', { name: '协作人' }).click()
  const dialog = page.getByRole('dialog', { name: '添加协作人' })
  const line = (name: string) => page.locator('.card-list > li', { hasText: name })
  const asked = async (who: string, chosen: boolean) => {
    await page.getByRole('button', { name: '添加协作人' }).click()
    await expect(dialog.getByRole('button', { name: '添加', exact: true })).toBeVisible()
    if (chosen) await dialog.getByLabel('只给选定的内容').check()
    await chooses(dialog, who, '同事')
  }
  const added = async (from: string, until: string) => {
    await dialog.getByLabel(/^从/).fill(from)
    await dialog.getByLabel(/^至/).fill(until)
    await dialog.getByRole('button', { name: '添加', exact: true }).click()
  }
  const [yesterday, soon, later, end] = [day(-1), day(2), day(3), day(5)]

  // By the rules for collaborators: one whose time has begun, one whose time begins later.
  await asked('Jae Pak', false)
  await added(later, soon)
  await expect(dialog.getByRole('alert')).toHaveText('结束时间要晚于开始时间，且不能在过去。')
  await added(yesterday, later)
  await expect(dialog).toHaveCount(0)
  await asked('Rachel Valdez', false)
  await added(soon, end)
  await expect(dialog).toHaveCount(0)
  await expect(line('Jae Pak')).toContainText(`至 ${shown(later)} 23:59`)
  await expect(line('Jae Pak')).not.toContainText('起')
  await expect(line('Rachel Valdez')).toContainText(`${shown(soon)} 00:00 起 · 至 ${shown(end)} 23:59`)

  // For what is chosen, to read, and without what belongs to the customer.
  await asked('Ranjit', true)
  await dialog.getByRole('button', { name: '自定' }).click()
  await dialog.getByLabel(/^从/).fill(`${yesterday}T08:30`)
  await dialog.getByLabel('到', { exact: true }).fill(`${later}T18:00`)
  await dialog.getByLabel('用途').fill(`代为接待${stamp}`)
  await dialog.getByRole('button', { name: '核对' }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '确认授权' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(line('Ranjit')).toContainText(`至 ${shown(later)} 18:00`)

  const [jae, rachel, ranjit] = [await as('jae0'), await as('rachel0'), await as('ranjit0')]
  const opens = async (who: import('@playwright/test').Page, kind = 'customer', id = made.id) => {
    await who.goto(`/records/${kind}/${id}`)
    return who.getByRole('heading', { level: 1 })
  }
  const missing = '没有找到这个页面'
  await expect(await opens(jae, 'contact', contact)).toContainText(`值班${stamp}`)
  await expect(await opens(jae)).toContainText(made.title)
  await jae.getByRole('button', { name: '修改城市' }).click()
  await jae.locator('#field-city').fill('无锡')
  await jae.keyboard.press('Enter')
  await expect(jae.getByText('已修改城市')).toBeVisible()
  await expect(await opens(rachel)).toHaveText(missing)
  await expect(await opens(rachel, 'contact', contact)).toHaveText(missing)
  await expect(await opens(ranjit, 'contact', contact)).toHaveText(missing)
  await expect(await opens(ranjit)).toContainText(made.title)
  await expect(ranjit.locator('.record-fields').getByText('无锡', { exact: true })).toBeVisible()
  await expect(ranjit.getByRole('button', { name: '修改城市' })).toHaveCount(0)
  const edited = await ranjit.request.patch(`/api/v1/records/customer/${made.id}`, { data: { fields: { city: '常州' } }, headers: { 'If-Match': '"2"' } })
  expect(edited.status()).toBe(403)

  // Named once more they have another time, which counts at once.
  await asked('Rachel Valdez', false)
  await added(yesterday, end)
  await expect(line('Rachel Valdez')).not.toContainText('起')
  await expect(line('Rachel Valdez')).toHaveCount(1)
  await expect(await opens(rachel)).toContainText(made.title)

  for (const [name, who] of [['Jae Pak', jae], ['Ranjit', ranjit]] as const) {
    await line(name).getByRole('button', { name: /^移除 / }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^移除 / }).click()
    await expect(line(name)).toHaveCount(0)
    await who.reload()
    await expect(who.getByRole('heading', { level: 1 })).toHaveText(missing)
  }
  await expect(await opens(jae, 'contact', contact)).toHaveText(missing)
  await expect(await opens(rachel, 'contact', contact)).toContainText(`值班${stamp}`)
})

test('what moves with the data is given on, and administrators see what ends soon and what is of no use', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const them = await as('jae0')
  const jae = ((await (await them.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const city = `城${stamp}`
  const give = await page.request.post('/api/v1/grants', {
    data: {
      receiver: jae,
      kind: 'customer',
      choose: { filter: `r.city == '${city}'`, moving: true },
      actions: ['read'],
      fields: [{ class: 'general', level: 'plain' }],
      until: new Date(Date.now() + 3600_000).toISOString(),
      purpose: `区域支援${stamp}`,
      give_on: true,
    },
    headers: { Origin: new URL(page.url()).origin },
  })
  expect(give.status(), await give.text()).toBe(201)
  const { id: given } = (await give.json()) as { id: string }

  const admin = await as('stephanie0')
  await admin.goto('/grants?of=all')
  const overseen = admin.locator('.grant-card', { hasText: `区域支援${stamp}` })
  for (const state of ['即将到期', '从未使用']) {
    await admin.getByLabel('状态').selectOption({ label: state })
    await expect(overseen).toContainText('Linda Mitchell')
    await expect(overseen).toContainText('还没有使用过')
  }

  await them.goto('/grants?of=received')
  await them.locator('.grant-card', { hasText: `区域支援${stamp}` }).getByRole('button', { name: '转授' }).click()
  const dialog = them.getByRole('dialog', { name: /^临时授权/ })
  await chooses(dialog, 'Rachel Valdez')
  await dialog.getByLabel('用途').fill(`德国同事协助${stamp}`)
  await dialog.getByRole('button', { name: '核对' }).click()
  await dialog.getByRole('button', { name: '确认授权' }).click()
  await expect(dialog).toHaveCount(0)

  // A customer that comes later is seen by both as long as it is in that city, and until the first grant is taken back.
  const last = await as('rachel0')
  const made = await customer(page, '后来店')
  const read = async (one: import('@playwright/test').Page) => (await one.request.get(`/api/v1/records/customer/${made.id}`)).status()
  const moves = async (to: string) => {
    const { version } = (await (await page.request.get(`/api/v1/records/customer/${made.id}`)).json()) as { version: number }
    const moved = await page.request.patch(`/api/v1/records/customer/${made.id}`, { data: { fields: { city: to } }, headers: { Origin: new URL(page.url()).origin, 'If-Match': `"${version}"` } })
    expect(moved.status(), await moved.text()).toBe(200)
  }
  expect([await read(them), await read(last)]).toEqual([404, 404])
  await moves(city)
  expect([await read(them), await read(last)]).toEqual([200, 200])
  await moves('别处')
  expect([await read(them), await read(last)]).toEqual([404, 404])
  await moves(city)
  await admin.reload()
  await expect(admin.getByLabel('状态')).toHaveValue('unused')
  await expect(overseen).toHaveCount(0)
  await admin.getByLabel('状态').selectOption({ label: '即将到期' })
  await expect(overseen).toContainText('最近使用')
  expect((await page.request.delete(`/api/v1/grants/${given}`, { headers: { Origin: new URL(page.url()).origin } })).status()).toBe(200)
  expect([await read(them), await read(last)]).toEqual([404, 404])
  await last.goto('/grants?of=received')
  await expect(last.locator('.grant-card', { hasText: `德国同事协助${stamp}` })).toContainText(/已收回|已到期/)
})

test('on the page of one’s own access stands what was lent and where one works along; the head sees it, and it is given back there', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const [lent, along] = [await customer(page, '归还店'), await customer(page, '协作店')]
  const them = await as('jae0', { viewport: { width: 390, height: 2400 } }) // high enough that no button is cut by the tabs below
  const jae = ((await (await them.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const headers = { Origin: new URL(page.url()).origin }
  const until = new Date(Date.now() + 3600_000).toISOString()
  const purpose = `看一眼就还${stamp}`
  const give = await page.request.post('/api/v1/grants', {
    data: { receiver: jae, kind: 'customer', records: [lent.id], actions: ['read'], fields: [{ class: 'general', level: 'plain' }], until, purpose },
    headers,
  })
  expect(give.status(), await give.text()).toBe(201)
  expect((await page.request.post(`/api/v1/records/customer/${along.id}/team`, { data: { person: jae, until }, headers })).status()).toBe(204)

  await them.goto('/access')
  const card = them.locator('.grant-card', { hasText: purpose })
  const team = them.locator('.access-team', { hasText: along.title })
  await expect(card).toContainText('Linda Mitchell')
  await expect(team).toContainText('客户')
  await expectAccessible(them)
  // Their head sees that they hold it, not which record it is, and gives nothing back for them.
  const head = await as('amy0', { lang: 'en' })
  await head.goto(`/access?person=${encodeURIComponent(JSON.stringify(jae))}`)
  await expect(head.getByRole('heading', { level: 1 })).toContainText('Jae Pak')
  await expect(head.locator('.grant-card', { hasText: purpose })).toContainText('Linda Mitchell')
  await expect(head.getByText(lent.title)).toHaveCount(0)
  await expect(head.getByRole('button', { name: 'Give back' })).toHaveCount(0)

  const read = async (id: string) => (await them.request.get(`/api/v1/records/customer/${id}`)).status()
  expect([await read(lent.id), await read(along.id)]).toEqual([200, 200])
  for (const [part, id] of [[card, lent.id], [team, along.id]] as const) {
    await part.getByRole('button', { name: '归还' }).click()
    await them.getByRole('dialog').getByRole('button', { name: '归还' }).click()
    await expect(part).toHaveCount(0)
    expect(await read(id)).toBe(404)
  }
})

test('what is lent for a moment closes by itself, under the eyes of who looks at it', async ({ as }) => {
  const page = await as('linda3')
  await page.goto('/')
  const made = await customer(page, '片刻店', { city: '无锡' })
  const them = await as('jae0')
  const jae = ((await (await them.request.get('/api/v1/me')).json()) as { person: { id: string } }).person.id
  const open = them.getByRole('heading', { level: 1, name: made.title })
  const gone = them.getByRole('heading', { level: 1, name: '没有找到这个页面' })
  // A moment is long enough for its page to be seen: how long that is, is the machine's affair.
  let purpose = ''
  for (let seconds = 15, seen = false; !seen; seconds *= 2) {
    purpose = `看${seconds}秒${stamp}`
    const give = await page.request.post('/api/v1/grants', {
      data: {
        receiver: jae, kind: 'customer', records: [made.id], actions: ['read'], fields: [{ class: 'general', level: 'plain' }],
        until: new Date(Date.now() + seconds * 1000).toISOString(), purpose,
      },
      headers: { Origin: new URL(page.url()).origin },
    })
    expect(give.status(), await give.text()).toBe(201)
    await them.goto(`/records/customer/${made.id}`)
    await expect(open.or(gone)).toBeVisible()
    seen = await open.isVisible()
  }
  await again(async (timeout) => {
    await them.reload()
    await expect(gone).toBeVisible({ timeout })
  })
  await expect(them.getByText('无锡')).toHaveCount(0)
  await them.goto('/grants?of=received')
  await expect(them.locator('.grant-card', { hasText: purpose })).toContainText('已到期')
})
