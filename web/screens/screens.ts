import type { Page } from '@playwright/test'

/** A screen of the product, and who looks at it. */
export interface Screen {
  name: string
  login: string
  /** Where it is; `{customer}` stands for the id of a customer that the person may read. */
  path: string
  /** What is there when the screen is whole. */
  ready: string
  /** What the person does before the picture is taken. */
  then?: (page: Page) => Promise<void>
}

const list = '.grid-row, .record-card'

// The people are those of the sample chain: the boss, a seller, finance, the administrator.
export const screens: Screen[] = [
  { name: 'dashboard', login: 'zhoumy', path: '/', ready: 'canvas' },
  { name: 'customers', login: 'zhoumy', path: '/records/customer', ready: list },
  { name: 'customers-partly', login: 'tangx', path: '/records/customer', ready: list },
  { name: 'customer', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head' },
  { name: 'customer-new', login: 'zhoumy', path: '/records/customer/new', ready: 'form' },
  { name: 'opportunities-board', login: 'zhoumy', path: '/records/opportunity?as=%22board%22', ready: 'h1' },
  { name: 'tasks-calendar', login: 'zhoumy', path: '/records/task?as=%22calendar%22', ready: 'h1' },
  { name: 'organisation', login: 'sunh', path: '/org', ready: 'h1' },
  { name: 'packs', login: 'sunh', path: '/policy/packs', ready: 'h1' },
  { name: 'matrix', login: 'sunh', path: '/policy/matrix', ready: '[role=grid], h1' },
  { name: 'rules', login: 'sunh', path: '/policy/rules', ready: 'h1' },
  { name: 'drafts', login: 'sunh', path: '/policy/drafts', ready: 'h1' },
  { name: 'versions', login: 'sunh', path: '/policy/versions', ready: 'h1' },
  { name: 'imports', login: 'zhoumy', path: '/data/imports', ready: 'h1' },
  { name: 'exports', login: 'zhoumy', path: '/data/exports', ready: 'h1' },
  { name: 'account', login: 'zhoumy', path: '/account', ready: 'h1' },
]
