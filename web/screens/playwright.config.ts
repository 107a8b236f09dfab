import base from '../playwright.config'

// `make screens`: pictures of every screen, of the sample chain.
process.env.GUAN_DEMO = 'world'

export default { ...base, testDir: '.', testMatch: '*.shots.ts', globalSetup: '../e2e/setup.ts', projects: [{ name: 'screens' }] }
