import base from '../playwright.config'

// `make screens`: pictures of every screen, of the sample chain.
process.env.GUAN_DEMO = 'world'

export default { ...base, timeout: 60_000, expect: { timeout: 10_000 }, testDir: '.', testMatch: '*.shots.ts', globalSetup: '../e2e/setup.ts', projects: [{ name: 'screens' }] }
