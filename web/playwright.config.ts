import { readdirSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const measured = ['frames.spec.ts', 'start.spec.ts']

// In `make test` every seventh file of the writing stories plays, and the others with the next commits.
const turn = process.env.GUAN_TURN
const resting = readdirSync(new URL('e2e/', import.meta.url))
  .filter((file) => file.endsWith('.write.spec.ts'))
  .sort()
  .filter((_, i) => turn && i % 7 !== Number(turn) % 7)

// Browser tests against the real program. GUAN_BIN names the binary; with GUAN_DB (a PostgreSQL
// URL) they run on a fresh database there, else on SQLite. Debian's chromium is used, since
// Playwright's own cannot be had everywhere.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/setup.ts',
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  // Ends for what never comes: a machine may be slow.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  // What is counted is counted before anybody writes; what is measured, while nothing else runs.
  projects: [
    { name: 'measuring', testMatch: measured, workers: 1 },
    { name: 'reading', testIgnore: [...measured, '*.write.spec.ts'], dependencies: ['measuring'] },
    { name: 'writing', testMatch: '*.write.spec.ts', testIgnore: resting, dependencies: ['reading'] },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A trace of every story is half the work of all of them: ask for one with --trace on.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
})
