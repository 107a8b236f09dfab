import type { Page, Request, Route } from '@playwright/test'
import { expect } from './stage'

// Between a page and the server: what a story does to the real answers to one question.

const problem = (status: number, kind: string, code: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: `/problems/${code}`, title: kind, status, kind, code, detail: 'words of the server', request_id: 'r-17' }),
})

const refusals = {
  broken: problem(500, 'Internal', 'internal'),
  denied: problem(403, 'Denied', 'right'),
  missing: problem(404, 'NotFound', 'record'),
}

/** What becomes of an answer: given as it is, withheld until something else is said, refused, or changed. */
export type Way = 'real' | 'held' | keyof typeof refusals | ((real: never) => unknown)

export interface Conductor {
  /** Says what becomes of the answers from now on; those that were withheld get it too. */
  (way: Way): void
  /** How often the question was asked. */
  asked: () => number
  /** Waits until every question has its answer: what comes back meanwhile asks nothing new. */
  answered: () => Promise<void>
  done: () => Promise<void>
}

/** Takes the answers to the questions of a path (with its query) in hand. */
export async function conduct(page: Page, question: RegExp, first: Way = 'real'): Promise<Conductor> {
  let way = first
  let asked = 0
  let told: (() => void)[] = []
  const matches = (url: URL) => question.test(url.pathname + url.search)
  const take = async (route: Route) => {
    asked++
    while (way === 'held') await new Promise<void>((go) => told.push(go))
    try {
      if (typeof way === 'function') {
        const real = await route.fetch()
        await route.fulfill({ response: real, json: way((await real.json()) as never) })
      } else if (way === 'real') {
        await route.continue()
      } else {
        await route.fulfill(refusals[way as keyof typeof refusals])
      }
    } catch {
      // The page went elsewhere meanwhile and waits for nothing any more.
    }
  }
  const open = new Set<Request>()
  const opens = (request: Request) => matches(new URL(request.url())) && open.add(request)
  const closes = (request: Request) => open.delete(request)
  page.on('request', opens).on('requestfinished', closes).on('requestfailed', closes)
  await page.route(matches, take)
  const say = (next: Way) => {
    way = next
    const waiting = told
    told = []
    if (next !== 'held') for (const go of waiting) go()
  }
  return Object.assign(say, {
    asked: () => asked,
    answered: () => expect.poll(() => open.size, { message: 'questions without an answer', intervals: [20] }).toBe(0),
    done: async () => {
      say('real')
      page.off('request', opens).off('requestfinished', closes).off('requestfailed', closes)
      await page.unroute(matches, take)
    },
  })
}

/** Somebody comes back to the window after a while: what is shown is read again. */
export async function comeBack(page: Page) {
  await page.clock.fastForward('02:00')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** Nothing that only a programmer reads, and no other language: of what a page says instead of its data. */
export async function expectPlainWords(page: Page, where = '.state, .note.bad, .tile[role=alert]') {
  for (const text of await page.locator(where).allInnerTexts()) {
    expect(text.replace(/请求编号 \S+|API|CEL|YAML/g, ''), 'words of a programmer').not.toMatch(/[A-Za-z]{2,}|undefined|NaN|\{\{|\b[45]\d\d\b/)
    expect(text).toMatch(/[\u4e00-\u9fff]/)
  }
}
