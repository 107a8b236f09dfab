import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { freshDatabase, password } from './setup'
import { type Cookies, expect, type Login, test as base } from './stage'

// The stage of stories in which days pass: the sample company of eight stores, served by internal/trial/days
// from Monday 2 November 2026, nine in the morning in China. Its clock stands until a story moves it, and those
// of the pages with it, which go on from there: what a page reads anew is newer to it than what it had.

const hour = 3600_000
/** Whoever is away for longer than that has gone home: sessions end, and one signs in anew. */
const shift = 10 * hour

interface Company {
  url: string
  clock: string
  devices: Map<Login, Cookies>
}

export interface Clock {
  now: () => Date
  /** What a field has of so many days from now. */
  date: (days: number) => string
  /** Time passes until then. By the next day everybody has closed their pages. */
  until: (then: Date) => Promise<void>
  passes: (span: { days?: number; hours?: number; minutes?: number }) => Promise<void>
}

/** An instant in China. */
export const inChina = (moment: string) => new Date(`${moment.replace(' ', 'T')}+08:00`)

const day = (at: Date) => at.toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })

async function serve() {
  const data = mkdtempSync(join(tmpdir(), 'guan-days-'))
  const program = join(data, 'days')
  execFileSync('go', ['build', '-buildvcs=false', '-o', program, './internal/trial/days'], {
    cwd: new URL('../..', import.meta.url),
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const database = freshDatabase(process.env.GUAN_DB)
  const flags = database.flags.map((flag) => flag.replace(/^--db$/, '-db'))
  const server = spawn(program, ['-data', join(data, 'data'), ...flags, '-password', password], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => server.on('exit', resolve))
  let clock = ''
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const [, what, address] = /^(clock|listening) on (http:\S+)/.exec(line) ?? []
      if (what === 'clock' && address) clock = address
      if (what === 'listening' && address) resolve(address)
    })
    void ended.then((code) => reject(new Error(`days ended with ${code}`)))
  })
  const close = async () => {
    server.kill('SIGTERM')
    await ended
    database.drop()
    rmSync(data, { recursive: true })
  }
  return { url, clock, close }
}

export const test = base.extend<{ clock: Clock; watch: Set<Page> }, { company: Company }>({
  company: [
    async ({}, use) => {
      const { url, clock, close } = await serve()
      await use({ url, clock, devices: new Map() })
      await close()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  origin: [({ company }, use) => use(company.url), { scope: 'worker' }],
  /** The pages that are open. */
  watch: async ({}, use) => {
    await use(new Set())
  },
  clock: async ({ company, watch }, use) => {
    const told = async (answer: Response) => {
      expect(answer.status, answer.ok ? '' : await answer.text()).toBe(200)
      return new Date(((await answer.json()) as { now: string }).now)
    }
    let now = await told(await fetch(company.clock))
    const until = async (then: Date) => {
      if (then.getTime() - now.getTime() > shift) {
        for (const page of watch) await page.context().close()
        watch.clear()
      }
      now = await told(await fetch(company.clock, { method: 'POST', body: JSON.stringify({ now: then }) }))
      for (const page of watch) await page.clock.setSystemTime(now)
    }
    await use({
      now: () => now,
      date: (days) => day(new Date(now.getTime() + days * 24 * hour)),
      until,
      passes: ({ days = 0, hours = 0, minutes = 0 }) => until(new Date(now.getTime() + (days * 24 + hours + minutes / 60) * hour)),
    })
  },
  as: async ({ nobody, company, clock, watch }, use) => {
    await use(async (login, options) => {
      const page = await nobody(options)
      await page.clock.setSystemTime(clock.now())
      await page.context().addCookies(company.devices.get(login) ?? [])
      const signed = await page.request.post('/api/v1/session', { data: { login, password } })
      expect(signed.ok(), await signed.text()).toBe(true)
      const cookies = await page.context().cookies(`${company.url}/api/v1/session`)
      company.devices.set(login, cookies.filter((cookie) => cookie.name.startsWith('guan_device_')))
      watch.add(page)
      return page
    })
  },
})

export { expect }
