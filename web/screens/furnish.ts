import { type APIRequestContext, expect } from '@playwright/test'
import { password } from '../e2e/setup'

// What the screens show beside the sample chain. Each is made once, by whoever comes first.

const api = () => `${process.env.GUAN_URL ?? ''}/api/v1`

export async function signIn(request: APIRequestContext, login: string) {
  const answer = await request.post(`${api()}/session`, { data: { login, password } })
  expect(answer.ok()).toBe(true)
}

async function listed<T>(request: APIRequestContext, path: string) {
  const answer = await request.get(`${api()}${path}`)
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { items: T[] }).items
}

async function post<T>(request: APIRequestContext, path: string, data: object) {
  const answer = await request.post(`${api()}${path}`, { data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as T
}

const both = (zh: string, en: string) => ({ zh, en })

/** A draft, a version and an export. */
async function draft(request: APIRequestContext): Promise<string> {
  await signIn(request, 'sunh')
  const known = await listed<{ id: string }>(request, '/policy/drafts')
  if (known[0]) return known[0].id
  const rule = (await listed<{ id: string; rule: unknown }>(request, '/policy/blocks')).find((block) => block.id === 'finance/customer/all')?.rule
  const made = await post<{ id: string; version: number; document: { packs: unknown[]; assignments: unknown[] } }>(request, '/policy/drafts', { name: '核算岗位' })
  const document = {
    ...made.document,
    packs: [...made.document.packs, { id: 'books', label: both('核算', 'Books'), description: both('对账时查看客户', 'Reads customers to reconcile'), rules: [rule] }],
    assignments: [...made.document.assignments, { pack: 'books', who: { position: 'accountant' } }],
  }
  const changed = await request.patch(`${api()}/policy/drafts/${made.id}`, { data: { document }, headers: { 'If-Match': `"${made.version}"` } })
  expect(changed.status(), await changed.text()).toBe(200)
  await signIn(request, 'zhoumy')
  await post(request, '/exports', { kind: 'customer', purpose: '季度盘点', format: 'xlsx', fields: ['name', 'city'] })
  return made.id
}

/** A group of tags that rules keep, and one by hand. */
async function tags(request: APIRequestContext) {
  await signIn(request, 'sunh')
  const put = async (key: string, data: object) => {
    const answer = await request.put(`${api()}/policy/fields/customer/${key}`, { data, headers: { 'If-Match': '0' } })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  const choice = (code: string, zh: string, en: string) => ({ code, label: both(zh, en) })
  const year = { relation: 'payments', sum: 'amount', currency: 'CNY', date: 'paid_on', window: { mode: 'this', unit: 'year' }, op: 'gt' }
  await put('c_value', {
    type: 'choice',
    label: both('客户价值', 'Value'),
    class: 'money',
    choices: [choice('gold', '年度大客户', 'Big this year'), choice('asleep', '沉睡', 'Asleep')],
    group: {
      colour: 'gold',
      rules: [
        { tag: 'gold', terms: [{ ...year, value: '100000' }] },
        { tag: 'asleep', terms: [{ relation: 'payments', last: true, date: 'paid_on', window: { mode: 'ago', unit: 'day', from: 90 } }] },
      ],
    },
  })
  await put('c_focus', {
    type: 'choices',
    label: both('关注', 'Focus'),
    class: 'general',
    choices: [choice('key', '战略', 'Strategic'), choice('press', '媒体', 'Press')],
    group: { colour: 'purple' },
  })
  return ''
}

/** A seller asks for a masked number. */
async function asked(request: APIRequestContext): Promise<string> {
  await signIn(request, 'tangx')
  const known = await listed<{ id: string }>(request, '/requests?scope=mine')
  if (known[0]) return known[0].id
  const partly = (await listed<{ id: string; masked: Record<string, string> }>(request, '/records/customer?limit=50')).find((one) => one.masked.phone !== undefined)
  const made = await post<{ id: string }>(request, '/requests', {
    type: 'access',
    purpose: '老客户回访，需要核对手机号',
    access: { kind: 'customer', record: partly?.id, fields: ['phone'], hours: 24 },
  })
  return made.id
}

/** A service agent opens a customer at once, and a head has it to review. */
async function opened(request: APIRequestContext) {
  await signIn(request, 'pengj')
  if ((await listed(request, '/emergencies?scope=mine')).length > 0) return ''
  await signIn(request, 'zhoumy')
  const [seen] = await listed<{ id: string }>(request, '/records/customer?limit=1')
  await signIn(request, 'pengj')
  await post(request, '/emergencies', { kind: 'customer', record: seen?.id, reason: '设备漏水，负责人联系不上', minutes: 5 })
  return ''
}

export type Furniture = 'draft' | 'tags' | 'request' | 'emergency'

/** Makes what a screen shows; the id of what was made stands for {draft} and {request} in its path. */
export const furnish: Record<Furniture, (request: APIRequestContext) => Promise<string>> = { draft, tags, request: asked, emergency: opened }
