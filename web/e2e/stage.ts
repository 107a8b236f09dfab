import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { password } from './setup'

// The stage on which the stories play: each persona in a browser context of their own.

/** Somebody of the demo company, or somebody whom a story made. */
export type Login = string

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/**
 * What is looked at from many sides: all of them. In `make test`, one of so many parts, and another
 * when so many commits have come.
 */
export const inTurn = <T>(all: readonly T[], parts: number, commits = 1): T[] => {
  const turn = Math.floor(Number(process.env.GUAN_TURN) / commits) % parts
  return all.filter((_, i) => !process.env.GUAN_TURN || i % parts === turn)
}

export const themes = inTurn(['light', 'dark'] as const, 2)

interface Options extends Pick<BrowserContextOptions, 'viewport'> {
  lang?: 'zh-CN' | 'en'
  theme?: 'light' | 'dark'
}

interface Stage {
  /** A page of the persona's own browser, signed in. */
  as: (login: Login, options?: Options) => Promise<Page>
  /** A page of a browser that nobody has signed in with. */
  nobody: (options?: Options) => Promise<Page>
}

interface Backstage {
  /** The address at which the stories play. */
  origin: string
  signedIn: Map<Login, Cookies>
}

export const address = () => {
  const url = process.env.GUAN_URL
  if (!url) throw new Error('no server')
  return url
}

export async function signIn(page: Page, login: string, secret = password) {
  await page.goto('/sign-in')
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(secret)
  await page.locator('button[type=submit]').click()
}

/** What a page must never say: a broken promise, a refused inline style. A refusal by status is fine. */
function listen(page: Page, complaints: string[]) {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
}

/**
 * Each persona has one device, whichever worker plays them: of a second one they would be told. The
 * first worker makes it, the others wait for its key; where the first failed another one makes it.
 */
async function deviceOf(login: Login, make: () => Promise<Cookies>): Promise<Cookies> {
  const folder = process.env.GUAN_DEVICES
  if (!folder) return make()
  const file = join(folder, `${login}.json`)
  const making = join(folder, login)
  const first = () => {
    try {
      mkdirSync(making)
      return true
    } catch {
      return false
    }
  }
  while (!existsSync(file)) {
    if (!first()) {
      await expect.poll(() => existsSync(file) || !existsSync(making), { message: `${login} signs in elsewhere`, timeout: 250_000 }).toBe(true)
      continue
    }
    try {
      const made = await make()
      writeFileSync(`${file}.new`, JSON.stringify(made))
      renameSync(`${file}.new`, file)
      return made
    } catch (error) {
      rmdirSync(making)
      throw error
    }
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Cookies
}

export const test = base.extend<Stage, Backstage>({
  origin: [
    async ({}, use) => {
      await use(address())
    },
    { scope: 'worker' },
  ],
  signedIn: [
    async ({}, use) => {
      await use(new Map())
    },
    { scope: 'worker' },
  ],
  nobody: async ({ browser, origin }, use) => {
    const open: BrowserContext[] = []
    const complaints: string[] = []
    await use(async ({ lang = 'zh-CN', theme = 'light', viewport = { width: 1440, height: 900 } } = {}) => {
      const context = await browser.newContext({ baseURL: origin, viewport })
      open.push(context)
      await context.addCookies([
        { name: 'guan_lang', value: lang, url: origin },
        { name: 'guan_theme', value: theme, url: origin },
      ])
      const page = await context.newPage()
      listen(page, complaints)
      return page
    })
    for (const context of open) await context.close()
    expect(complaints, 'the page complained').toEqual([])
  },
  as: async ({ nobody, origin, signedIn }, use) => {
    await use(async (login, options) => {
      const page = await nobody(options)
      const known = signedIn.get(login)
      if (known) {
        await page.context().addCookies(known)
      } else {
        const cookies = async (begins: string) => (await page.context().cookies(`${origin}/api/v1/session`)).filter((cookie) => cookie.name.startsWith(begins))
        const enter = async () => {
          await signIn(page, login)
          await page.waitForURL((url) => url.pathname !== '/sign-in')
          return cookies('guan_device_')
        }
        const device = await deviceOf(login, enter)
        if ((await cookies('guan_session')).length === 0) {
          await page.context().addCookies(device)
          await enter()
        }
        signedIn.set(login, await cookies('guan_session'))
      }
      return page
    })
  },
})

export { expect }

/** Opens a list; `f` are rows of the simple filter. */
export async function openList(page: Page, kind: string, search: Record<string, unknown> = {}) {
  const query = new URLSearchParams(Object.entries(search).map(([key, value]) => [key, JSON.stringify(value)]))
  await page.goto(`/records/${kind}${query.size > 0 ? `?${query}` : ''}`)
}

export const stores = { f: [['type', 'in', 'company']] }

export interface Found {
  items: { id: string; title: string; version: number; fields: Record<string, unknown>; masked: Record<string, string> }[]
  total?: { count: number }
}

/** Asks the API as the persona of the page. */
export async function find(page: Page, kind: string, params: Record<string, string> = {}): Promise<Found> {
  const answer = await page.request.get(`/api/v1/records/${kind}`, { params })
  expect(answer.ok()).toBe(true)
  return (await answer.json()) as Found
}

/** Looks until it is so, each time for twice as long as before: what a page needs to stand is the machine's affair. */
export async function again(look: (timeout: number) => Promise<void>) {
  let timeout = 1_000
  await expect(() => look((timeout *= 2))).toPass()
}

const dayInChina = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/**
 * Plays what counts by the day of the company within one: where the next one began meanwhile it is played once more,
 * when everybody's count is new. What it makes it names with the mark that it is given.
 */
export async function withinADay(play: (mark: string) => Promise<void>) {
  const day = dayInChina()
  try {
    await play(Date.now().toString())
  } catch (error) {
    if (dayInChina() === day) throw error
    const { timeout } = test.info()
    test.info().setTimeout(2 * timeout)
    await play(Date.now().toString())
  }
}

/** No finding of axe, of any weight. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join('\n')}`)).toEqual([])
}

/** Opens the log of what was changed of a record, once an entry of it is sealed. */
export async function opensLog(auditor: Page, kind: string, record: string) {
  await auditor.goto(`/audit?kind=${kind}&record=${record}`)
  const rows = auditor.getByRole('region', { name: '日志条目' }).getByRole('row')
  await again(async (timeout) => {
    await auditor.reload()
    await auditor.getByLabel('操作').selectOption('edits')
    await expect(rows.filter({ hasText: '修改' }).first()).toBeVisible({ timeout })
  })
}

/** Publishes the draft of the page; what others published meanwhile is taken in first. */
export async function publish(page: Page, note: string, button: string) {
  const press = page.getByRole('button', { name: button, exact: true })
  const rebase = page.getByRole('button', { name: '并入新版本' })
  await again(async (timeout) => {
    if (await rebase.isVisible()) await rebase.click()
    await page.getByLabel(/^说明/).fill(note)
    // Behind another version the button is off.
    const [answered] = await Promise.all([
      page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/publish'), { timeout: 5 * timeout }),
      press.click({ timeout }),
    ])
    expect(answered.ok()).toBe(true)
  })
}
