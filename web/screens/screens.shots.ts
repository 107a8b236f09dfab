import { mkdirSync } from 'node:fs'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { password } from '../e2e/setup'
import { type Screen, screens } from './screens'

// Takes a picture of every screen: desktop and phone, light and dark, in both languages. SCREENS
// names the folder (default docs/screens), ONLY some screens; SMALL=1 takes two looks of each, by
// turns, which is the set that is kept.

const folder = process.env.SCREENS ?? '../docs/screens'
const small = process.env.SMALL === '1'
const url = () => process.env.GUAN_URL ?? ''

interface Look {
  lang: 'zh-CN' | 'en'
  theme: 'light' | 'dark'
  width: number
}

const looks = (width: number): Look[] => [
  { lang: 'zh-CN', theme: 'light', width },
  { lang: 'en', theme: 'dark', width },
  { lang: 'zh-CN', theme: 'dark', width },
  { lang: 'en', theme: 'light', width },
]

function looksOf(screen: Screen, turn: number): Look[] {
  const wide = looks(1440)
  const narrow = screen.wide ? [] : looks(390)
  const one = (of: Look[], at: number) => of.slice(at % 4, (at % 4) + 1)
  return small ? [...one(wide, turn), ...one(narrow, turn + 1)] : [...wide, ...narrow]
}

async function signIn(request: APIRequestContext, login: string) {
  const answer = await request.post(`${url()}/api/v1/session`, { data: { login, password } })
  expect(answer.ok()).toBe(true)
}

/** What the screens show beside the sample chain: a draft, a version and an export. */
async function work(request: APIRequestContext): Promise<string> {
  const api = `${url()}/api/v1`
  await signIn(request, 'sunh')
  const known = (await (await request.get(`${api}/policy/drafts`)).json()) as { items: { id: string }[] }
  if (known.items[0]) return known.items[0].id
  const blocks = (await (await request.get(`${api}/policy/blocks`)).json()) as { items: { id: string; rule: unknown }[] }
  const rule = blocks.items.find((block) => block.id === 'finance/customer/all')?.rule
  const made = await request.post(`${api}/policy/drafts`, { data: { name: '核算岗位' } })
  expect(made.status()).toBe(201)
  const draft = (await made.json()) as { id: string; version: number; document: { packs: unknown[]; assignments: unknown[] } }
  const document = {
    ...draft.document,
    packs: [...draft.document.packs, { id: 'books', label: { zh: '核算', en: 'Books' }, description: { zh: '对账时查看客户', en: 'Reads customers to reconcile' }, rules: [rule] }],
    assignments: [...draft.document.assignments, { pack: 'books', who: { position: 'accountant' } }],
  }
  const changed = await request.patch(`${api}/policy/drafts/${draft.id}`, { data: { document }, headers: { 'If-Match': `"${draft.version}"` } })
  expect(changed.status(), await changed.text()).toBe(200)
  await signIn(request, 'zhoumy')
  const ordered = await request.post(`${api}/exports`, { data: { kind: 'customer', format: 'xlsx', fields: ['name', 'city'] } })
  expect(ordered.status(), await ordered.text()).toBe(202)
  return draft.id
}

/** Nothing is being read any more, and nothing moves. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))))
}

mkdirSync(folder, { recursive: true })
const only = process.env.ONLY?.split(',')

for (const [turn, screen] of screens.entries()) {
  if (only && !only.includes(screen.name)) continue
  for (const { lang, theme, width } of looksOf(screen, turn)) {
    test(`${screen.name} ${width} ${theme} ${lang}`, async ({ browser, request }) => {
      const draft = screen.path.includes('draft') ? await work(request) : ''
      const context = await browser.newContext({ baseURL: url(), viewport: { width, height: width < 500 ? 844 : 900 } })
      await context.addCookies([
        { name: 'guan_lang', value: lang, url: url() },
        { name: 'guan_theme', value: theme, url: url() },
      ])
      const page = await context.newPage()
      if (screen.login) await signIn(page.request, screen.login)
      let path = screen.path.replace('{draft}', draft)
      for (const [whole, kind] of path.matchAll(/\{(\w+)\}/g)) {
        const list = (await (await page.request.get(`/api/v1/records/${kind}?limit=1`)).json()) as { items: { id: string }[] }
        path = path.replace(whole, list.items[0]?.id ?? '')
      }
      await page.goto(path)
      await expect(page.locator(screen.ready).filter({ visible: true }).first()).toBeVisible()
      await settled(page)
      await screen.then?.(page)
      await settled(page)
      await page.screenshot({ path: `${folder}/${screen.name}-${width}-${theme}-${lang}.png` })
      await context.close()
    })
  }
}
