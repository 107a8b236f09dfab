import type { Page } from '@playwright/test'
import { again, expect, expectAccessible, openList, test } from './stage'

const unique = () => Date.now().toString(36)

test('a group of tags by hand is set by a picker and shows its colour', async ({ as }) => {
  const name = `重点 ${unique()}`
  const admin = await as('stephanie0')
  await admin.goto('/policy/tags?group=new')
  const form = admin.getByRole('form', { name: '标签组设置' })
  await form.getByLabel('中文名称', { exact: true }).fill(name)
  await form.getByLabel('英文名称', { exact: true }).fill(`Key ${name}`)
  await form.getByRole('radio', { name: '红' }).check()
  await form.getByLabel('第 1 个标签的中文名称').fill('战略')
  await form.getByLabel('第 1 个标签的英文名称').fill('Strategic')
  await expectAccessible(admin)
  await form.getByRole('button', { name: '创建标签组' }).click()
  await expect(admin.getByText(`已保存标签组“${name}”`)).toBeVisible()

  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `茶馆 ${name}` } } })
  const { id } = (await made.json()) as { id: string }
  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: `修改${name}` }).click()
  const picker = seller.getByRole('group', { name: new RegExp(name) })
  await picker.getByRole('combobox').fill('战略')
  await seller.keyboard.press('Enter')
  await seller.keyboard.press('Escape')
  await expect(picker.getByRole('combobox')).toHaveAttribute('aria-expanded', 'false')
  await picker.getByRole('button', { name: '保存' }).click()
  await expect(seller.locator('.taggroups .tag-red')).toHaveText('战略')

  // On a phone it stands under the name too.
  const phone = await as('linda3', { viewport: { width: 390, height: 844 } })
  await phone.goto(`/records/customer/${id}`)
  await expect(phone.locator('.taggroups .tag-red')).toHaveText('战略')

  await admin.getByRole('button', { name: '删除标签组' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '删除标签组' }).click()
  await expect(admin.getByText(`已删除标签组“${name}”`)).toBeVisible()
})

test('the class of a group says who sees it and who sets it', async ({ as }) => {
  const name = `脾气 ${unique()}`
  const admin = await as('stephanie0')
  await admin.goto('/policy/tags?group=new')
  const form = admin.getByRole('form', { name: '标签组设置' })
  await form.getByLabel('中文名称', { exact: true }).fill(name)
  await form.getByLabel('英文名称', { exact: true }).fill(`Temper ${name}`)
  await form.getByLabel('字段分类').selectOption('internal')
  await form.getByLabel('一条记录可以有').selectOption('choice')
  await form.getByLabel('第 1 个标签的中文名称').fill('急性子')
  await form.getByLabel('第 1 个标签的英文名称').fill('Impatient')
  await form.getByRole('button', { name: '创建标签组' }).click()
  await expect(admin.getByText(`已保存标签组“${name}”`)).toBeVisible()
  await expect(form.getByLabel('字段分类')).toBeDisabled()

  // Who has the class sets the tag, and finds by it.
  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `酒楼 ${name}` } } })
  const { id } = (await made.json()) as { id: string }
  await seller.goto(`/records/customer/${id}`)
  await seller.getByRole('button', { name: `修改${name}` }).click()
  const picker = seller.getByRole('group', { name: new RegExp(name) })
  await picker.getByRole('combobox').fill('急性子')
  await seller.keyboard.press('Enter')
  await picker.getByRole('button', { name: '保存' }).click()
  await expect(seller.locator('.taggroups')).toContainText('急性子')
  const key = new URL(admin.url()).searchParams.get('group')?.split('.')[1] ?? ''
  const tag = ((await (await seller.request.get(`/api/v1/records/customer/${id}`)).json()) as { fields: Record<string, string> }).fields[key]
  expect(tag).toBeTruthy()
  const filter = `r.${key} == '${tag}'`
  await openList(seller, 'customer', { cel: filter })
  await expect(seller.getByText(`酒楼 ${name}`).first()).toBeVisible()

  // Who works along sees it, is offered nothing to set it by, and is told why.
  const { person } = (await (await (await as('tete0')).request.get('/api/v1/me')).json()) as { person: { id: string } }
  expect((await seller.request.post(`/api/v1/records/customer/${id}/team`, { data: { person: person.id } })).status()).toBe(204)
  const along = await as('tete0')
  await along.goto(`/records/customer/${id}`)
  await expect(along.locator('.taggroups')).toContainText('急性子')
  await expect(along.getByRole('button', { name: `修改${name}` })).toHaveCount(0)
  await along.getByRole('button', { name: `为什么不能设置“${name}”` }).click()
  await expect(along.locator('.popover')).toContainText('规则适用，但不允许设置这个字段')
  await expect(along.locator('.popover')).toContainText('销售协同跟进同事邀请的客户')
  await expectAccessible(along)
  const set = await along.request.patch(`/api/v1/records/customer/${id}`, { data: { fields: { [key]: null } }, headers: { 'If-Match': '"2"' } })
  expect(((await set.json()) as { code: string }).code).toBe('field_locked')

  // To whom the class is closed it is not there, on a phone either: not on the record, and not to filter by.
  const marketing = await as('mary2', { viewport: { width: 390, height: 844 } })
  await marketing.goto(`/records/customer/${id}`)
  await expect(marketing.getByRole('heading', { level: 1, name: `酒楼 ${name}` })).toBeVisible()
  await expect(marketing.locator('.taggroups', { hasText: name.slice(0, 2) })).toHaveCount(0)
  await expect(marketing.getByText('急性子')).toHaveCount(0)
  await openList(marketing, 'customer', { cel: filter })
  await expect(marketing.getByRole('alert').first()).toBeVisible()
  await expect(marketing.getByText(`酒楼 ${name}`)).toHaveCount(0)
  expect(await (await marketing.request.get('/api/v1/kinds')).text()).not.toContain(name)

  // The log names who set it and whom it was refused, and no tag.
  const auditor = await as('zainal0')
  await auditor.goto(`/audit?kind=customer&record=${id}`)
  const table = auditor.getByRole('region', { name: '日志条目' })
  await again(async (timeout) => {
    await auditor.reload()
    await expect(table.getByRole('row').filter({ hasText: 'Linda' }).filter({ hasText: '修改' }).first()).toBeVisible({ timeout })
    await expect(table.getByRole('row').filter({ hasText: 'Tete' }).filter({ hasText: '拒绝' }).first()).toBeVisible({ timeout })
  })
  await expect(table.getByText('急性子')).toHaveCount(0)

  await admin.getByRole('button', { name: '删除标签组' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '删除标签组' }).click()
  await expect(admin.getByText(`已删除标签组“${name}”`)).toBeVisible()
})

test('a tag by rule comes with what is written, and nobody sets it by hand', async ({ as }) => {
  const name = `跟进 ${unique()}`
  const admin = await as('stephanie0')
  await admin.goto('/policy/tags?group=new')
  const form = admin.getByRole('form', { name: '标签组设置' })
  await form.getByLabel('中文名称', { exact: true }).fill(name)
  await form.getByLabel('英文名称', { exact: true }).fill(`Talk ${name}`)
  await form.getByLabel('由谁维护').selectOption('rule')
  await form.getByLabel('第 1 个标签的中文名称').fill('近期有跟进')
  await form.getByLabel('第 1 个标签的英文名称').fill('Talked to lately')
  await form.getByRole('button', { name: '添加统计条件' }).click()
  await form.getByLabel('第 1 项统计', { exact: true }).getByRole('combobox').nth(1).selectOption('last')
  await expect(form.getByText(/“近期有跟进”：最近一次回款的.*在90 天以前/)).toBeVisible()
  await expect(form.getByText(/现在.*符合/)).toBeVisible()
  await form.getByLabel('第 1 项统计', { exact: true }).getByRole('combobox').first().selectOption('activities')
  await expect(form.getByText(/“近期有跟进”：.*最近 90 天的跟进记录不少于 1 条/)).toBeVisible()
  await expect(form.getByText(/现在.*符合/)).toBeVisible()
  await expectAccessible(admin)
  await form.getByRole('button', { name: '创建标签组' }).click()
  await expect(admin.getByText(`已保存标签组“${name}”`)).toBeVisible()
  await expect(admin.getByRole('heading', { name: '标签更新' })).toBeVisible()

  const seller = await as('linda3')
  const made = await seller.request.post('/api/v1/records/customer', { data: { fields: { name: `茶馆 ${name}` } } })
  const { id } = (await made.json()) as { id: string }
  const talked = await seller.request.post('/api/v1/records/activity', {
    data: { fields: { customer: id, subject: '电话', happened_at: new Date().toISOString() } },
  })
  expect(talked.status()).toBe(201)
  await seller.goto(`/records/customer/${id}`)
  const groups = seller.locator('.taggroups')
  await expect(groups.getByText('近期有跟进')).toBeVisible()
  await expect(groups.getByRole('button', { name: `修改${name}` })).toHaveCount(0)

  await admin.getByRole('button', { name: '删除标签组' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '删除标签组' }).click()
  await expect(admin.getByText(`已删除标签组“${name}”`)).toBeVisible()
})

test('what a group closes until it was derived for the first time is said on its rules, and goes when it has run', async ({ as }) => {
  const stamp = unique()
  const key = `c_awaited_${stamp}`
  const boss = await as('ken0')
  const api = boss.request
  // No other story has tags of contracts by rule: the run is this one's.
  const group = await api.put(`/api/v1/policy/fields/contract/${key}`, {
    headers: { 'If-Match': '0' },
    data: {
      type: 'choices',
      label: { zh: `大单 ${stamp}`, en: `Large ${stamp}` },
      class: 'money',
      choices: [{ code: 'large', label: { zh: '大单', en: 'Large' } }],
      group: { colour: 'gold', rules: [{ tag: 'large', when: { op: 'gt', field: 'total', value: { money: '1000' } } }] },
    },
  })
  expect(group.status(), await group.text()).toBe(200)
  expect((await api.delete('/api/v1/policy/tags/runs/contract')).status()).toBe(204)
  const rule = `e2e-awaited-${stamp}`
  const { person } = (await (await (await as('tete0')).request.get('/api/v1/me')).json()) as { person: { id: string } }
  const put = await api.put(`/api/v1/policy/rules/${rule}`, {
    data: {
      effect: 'forbid',
      kind: 'contract',
      who: { any: [{ person: person.id }] },
      actions: ['delete'],
      where: { path: 'all' },
      when: { op: 'tag', field: key, value: { text: 'large' } },
      until: new Date(Date.now() + 600_000).toISOString(),
      scene: `大单不删除 ${stamp}`,
    },
  })
  expect(put.status(), await put.text()).toBe(200)

  const note = (page: Page) => page.getByRole('article').locator('.rule-awaits')
  const said = new RegExp(`标签“大单 ${stamp}”的首次计算被取消。 .*这条禁止规则对它们一律生效`)
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await boss.setViewportSize(viewport)
    await boss.goto(`/policy/rules?rule=${rule}`)
    await expect(note(boss)).toContainText(said)
    await expectAccessible(boss)
  }
  await note(boss).getByRole('link', { name: '查看标签更新' }).click()
  const closed = boss.getByText('这组标签还没有对全部记录算过一遍')
  await expect(closed).toBeVisible()
  await expectAccessible(boss)
  await boss.getByRole('button', { name: '立即更新' }).click()
  await expect(boss.getByText(/更新：查看 \d+ 条/)).toBeVisible()
  await expect(closed).toHaveCount(0)
  const asked = boss.waitForResponse((r) => r.url().endsWith('/policy/tags/runs'))
  await boss.goto(`/policy/rules?rule=${rule}`)
  await (await asked).finished()
  await expect(boss.getByRole('article')).toContainText(`大单不删除 ${stamp}`)
  await expect(note(boss)).toHaveCount(0)
})

test('who spent over 100,000 this year, and whose baby is of an age while they buy every month, is seen on the record and found in the list', async ({ as }) => {
  const boss = await as('ken0')
  const seller = await as('linda3')
  const word = unique()
  const field = async (key: string, parts: Record<string, unknown>) => {
    const put = await boss.request.put(`/api/v1/policy/fields/customer/${key}`, { data: parts, headers: { 'If-Match': '"0"' } })
    expect(put.status(), await put.text()).toBe(200)
  }
  const label = (zh: string, en: string) => ({ zh, en })
  const group = (group: Record<string, string>, tag: string, text: Record<string, string>, terms: unknown[]) => ({
    type: 'choices',
    class: 'money',
    label: group,
    choices: [{ code: tag, label: text }],
    group: { colour: 'gold', rules: [{ tag, terms }] },
  })
  const paid = { op: 'in', field: 'stage', values: [{ text: 'paid' }] }
  const [born, worth, mother] = [`c_born_${word}`, `c_worth_${word}`, `c_mother_${word}`]
  const [spent, monthly] = ['今年消费超过 10 万', '宝宝 6–12 个月且每月购买']
  await field(born, { type: 'date', class: 'general', label: label(`宝宝生日 ${word}`, `Baby born on ${word}`) })
  await field(worth, group(label(`年消费 ${word}`, `Spent ${word}`), 'big', label(spent, 'Over 100 000 this year'), [
    { relation: 'payments', sum: 'amount', currency: 'CNY', date: 'paid_on', where: paid, window: { mode: 'this', unit: 'year' }, op: 'gt', value: '100000' },
  ]))
  await field(mother, group(label(`育儿 ${word}`, `Mother ${word}`), 'monthly', label(monthly, 'Baby of 6–12 months and buys monthly'), [
    { date: born, window: { mode: 'ago', unit: 'month', from: 6, to: 12 } },
    { relation: 'payments', date: 'paid_on', where: paid, window: { mode: 'each', unit: 'month', to: 2 }, op: 'ge', value: '1' },
  ]))

  const make = async (kind: string, fields: Record<string, unknown>) => {
    const made = await boss.request.post(`/api/v1/records/${kind}`, { data: { fields } })
    expect(made.status(), await made.text()).toBe(201)
    return ((await made.json()) as { id: string }).id
  }
  const { person } = (await (await seller.request.get('/api/v1/me')).json()) as { person: { id: string } }
  // The middle of a month so many before this one, in the company's time.
  const now = new Date(Date.now() + 8 * 3_600_000)
  const month = (ago: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 15)).toISOString().slice(0, 10)
  const today = now.toISOString().slice(0, 10)
  const buys = async (name: string, baby: string, amount: string, days: string[]) => {
    const customer = await make('customer', { name, owner: person.id, [born]: baby })
    const contract = await make('contract', { number: `HT-${name}`, customer, owner: person.id, stage: 'performing' })
    for (const [i, day] of [today, ...days].entries()) {
      await make('payment', { number: `HK-${name}-${i}`, customer, contract, owner: person.id, amount: i === 0 ? amount : '1', currency: 'CNY', stage: 'paid', paid_on: day })
    }
    return customer
  }
  const both = await buys(`育婴甲 ${word}`, month(8), '100000.01', [month(1), month(2)])
  // One that is a cent short, and did not buy in one of the months.
  const none = await buys(`育婴乙 ${word}`, month(8), '99998.99', [month(2)])

  await seller.goto(`/records/customer/${both}`)
  const groups = seller.locator('.taggroups')
  for (const tag of [spent, monthly]) await expect(groups.getByText(tag, { exact: true })).toBeVisible()
  await expectAccessible(seller)
  const phone = await as('linda3', { viewport: { width: 390, height: 844 } })
  await phone.goto(`/records/customer/${none}`)
  await expect(phone.getByRole('heading', { level: 1, name: `育婴乙 ${word}` })).toBeVisible()
  for (const tag of [spent, monthly]) await expect(phone.getByText(tag, { exact: true })).toHaveCount(0)

  for (const [key, tag, text] of [[worth, 'big', spent], [mother, 'monthly', monthly]] as const) {
    await openList(seller, 'customer', { f: [[key, 'tag', tag]] })
    await expect(seller.locator('.list-count')).toHaveText('共 1 条')
    await expect(seller.getByRole('grid').getByRole('link', { name: `育婴甲 ${word}` })).toBeVisible()
    await seller.getByRole('button', { name: '1 个条件' }).click()
    await expect(seller.getByRole('form', { name: '筛选条件' })).toContainText(text)
  }
  await expectAccessible(seller)

  for (const key of [mother, worth, born]) expect((await boss.request.delete(`/api/v1/policy/fields/customer/${key}`)).status()).toBe(204)
})

test('a stage of the company’s own is reached only as it allows', async ({ as }) => {
  const name = `试销 ${unique()}`
  const admin = await as('stephanie0')
  await admin.goto('/policy/stages?kind=product')
  await admin.getByRole('button', { name: '添加阶段' }).click()
  const rows = admin.getByRole('list', { name: '阶段列表' }).getByRole('listitem')
  const count = await rows.count()
  await admin.getByLabel(`第 ${count} 个阶段的中文名称`).fill(name)
  await admin.getByLabel(`第 ${count} 个阶段的英文名称`).fill(`Trial ${name}`)
  await admin.getByRole('checkbox', { name: new RegExp(`从“在售”到“${name}”`) }).uncheck()
  await expectAccessible(admin)
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByText('已保存产品的阶段')).toBeVisible()

  const boss = await as('ken0')
  const made = await boss.request.post('/api/v1/records/product', { data: { fields: { name: `龙井 ${name}`, stage: 'on_sale' } } })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  await boss.goto(`/records/product/${id}`)
  await expect(boss.getByRole('button', { name: new RegExp(`^${name} · `) })).toBeDisabled()

  // Retired and empty it is no column of the board.
  const column = boss.getByRole('region', { name, exact: true })
  await boss.goto('/records/product?as=%22board%22')
  await expect(column).toBeVisible()
  await rows.nth(count - 1).getByRole('checkbox', { name: '停用' }).check()
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('button', { name: '放弃修改' })).toBeDisabled()
  await boss.reload()
  await expect(boss.getByRole('region', { name: '在售', exact: true })).toBeVisible()
  await expect(column).toHaveCount(0)

  // On a phone the moves are scrolled, and the stage goes again by its button.
  await admin.setViewportSize({ width: 390, height: 844 })
  await expect(admin.getByRole('region', { name: '允许的流转' })).toBeVisible()
  await admin.getByRole('button', { name: `移除“${name}”` }).click()
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('button', { name: `移除“${name}”` })).toHaveCount(0)
})
