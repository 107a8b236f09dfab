import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Locator, Page } from '@playwright/test'

// An installation in which nobody is, for stories of the first day, and somebody who counts what
// they do in it.

export interface Empty {
  url: string
  /** The link that the program printed. */
  link: string
  stop: () => Promise<void>
}

/** Serves an empty folder, or an empty database on the server that GUAN_DB names; `more` is said to the program too. */
export async function serveEmpty(name: string, more: string[] = []): Promise<Empty> {
  const guan = process.env.GUAN_BIN
  if (!guan) throw new Error('GUAN_BIN names the guan binary to test')
  const data = mkdtempSync(join(tmpdir(), 'guan-empty-'))
  const where = ['--data', data]
  const server = process.env.GUAN_DB
  const base = `guan_empty_${name}_${process.pid}`
  const sql = (statement: string) => server && execFileSync('psql', [server, '-qc', statement])
  if (server) {
    sql(`CREATE DATABASE ${base} TEMPLATE template0 ENCODING 'UTF8'`)
    const url = new URL(server)
    url.pathname = `/${base}`
    where.push('--db', url.href)
  }
  const program = spawn(guan, ['serve', ...where, '--listen', '127.0.0.1:0', '--rate', '0', '--quiet', ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: program.stdout })
  const link = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /(http:\S+\/setup#code=\S+)/.exec(line)?.[1]
      if (found) resolve(found)
    })
    program.on('exit', (code) => reject(new Error(`guan serve ended with ${code}`)))
  })
  return {
    url: new URL(link).origin,
    link,
    stop: async () => {
      const ended = new Promise((resolve) => program.on('exit', resolve))
      program.kill('SIGTERM')
      await ended
      sql(`DROP DATABASE ${base}`)
      rmSync(data, { recursive: true })
      rmSync(`${data}.key`, { force: true })
    },
  }
}

/** A browser of somebody's own in that installation. */
export async function browse(browser: Browser, at: Empty, options: { lang?: string; theme?: string; width?: number; height?: number } = {}) {
  const context = await browser.newContext({ baseURL: at.url, viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, acceptDownloads: true })
  await context.addCookies([
    { name: 'guan_lang', value: options.lang ?? 'zh-CN', url: at.url },
    { name: 'guan_theme', value: options.theme ?? 'light', url: at.url },
  ])
  return context.newPage()
}

/** What somebody does by hand, counted: a press, a text typed, a choice, a file. */
export class Hand {
  steps = 0
  constructor(readonly page: Page) {}

  async press(what: Locator) {
    this.steps++
    await what.click()
  }

  async type(what: Locator, text: string) {
    this.steps++
    await what.fill(text)
  }

  async choose(what: Locator, option: string) {
    this.steps++
    await what.selectOption({ label: option })
  }

  async file(what: Locator, file: { name: string; mimeType: string; buffer: Buffer }) {
    this.steps++
    await what.setInputFiles(file)
  }

  async drag(what: Locator, to: Locator) {
    this.steps++
    const from = await what.boundingBox()
    const end = await to.boundingBox()
    if (!from || !end) throw new Error('nothing to drag')
    await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 4, { steps: 3 })
    await this.page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 })
    await this.page.mouse.up()
  }
}
