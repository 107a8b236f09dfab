import { expect, type Page } from '@playwright/test'
import type { Furniture } from './furnish'

/** A screen of the product, and who looks at it. */
export interface Screen {
  name: string
  login: string
  /** Where it is; `{customer}` stands for the id of a record of that kind that the person may read, `{made}` for what was made before. */
  path: string
  /** What is there when the screen is whole. */
  ready: string
  /** What the person does before the picture is taken. */
  then?: (page: Page) => Promise<void>
  /** What has to be made before. */
  shows?: Furniture
  /** Only where there is room for it: on a desktop. */
  wide?: boolean
}

const list = '.grid-row, .record-card'

/** Presses what is called so in one language or the other. */
const press =
  (name: RegExp, at = 0) =>
  (page: Page) =>
    page.getByRole('button', { name }).or(page.getByRole('link', { name })).nth(at).click()

const dialog = (page: Page) => expect(page.getByRole('dialog')).toBeVisible()

const steps =
  (...all: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of all) await step(page)
  }

/** On a phone the acts of a record stand behind one. */
const acts = async (page: Page) => {
  const more = page.getByRole('button', { name: /^更多操作$|^More actions$/ })
  if (await more.isVisible()) await more.click()
}

/** Somebody else's eyes: the seller Luo, in the words of the user menu. */
const viewAs = steps(
  (page) => page.locator('button.user').click(),
  press(/^以他人视角查看…|^View as/),
  (page) => page.getByRole('searchbox').fill('罗'),
  (page) => page.getByRole('dialog').getByRole('button', { name: /罗/ }).first().click(),
  (page) => expect(page.getByRole('dialog')).toHaveCount(0),
)

// The people are those of the sample chain: the boss, a seller, finance, the administrator.
export const screens: Screen[] = [
  { name: 'sign-in', login: '', path: '/sign-in', ready: '#login' },
  { name: 'dashboard', login: 'zhoumy', path: '/', ready: 'canvas' },
  { name: 'customers', login: 'zhoumy', path: '/records/customer', ready: list },
  { name: 'customers-partly', login: 'tangx', path: '/records/customer', ready: list },
  { name: 'customers-filter', login: 'zhoumy', path: '/records/customer?f=%5B%5B%22city%22%2C%22contains%22%2C%22%E4%B8%8A%E6%B5%B7%22%5D%5D', ready: list, then: steps(press(/1 个条件|1 condition/), (page) => expect(page.getByRole('form', { name: /筛选|Filter/ }).locator('.filter-row')).toBeVisible()) },
  {
    name: 'customers-bulk',
    login: 'zhoumy',
    path: '/records/customer',
    ready: list,
    wide: true,
    then: steps((page) => page.locator('.grid-row input[type=checkbox]').first().check(), press(/^标签$|^Tags$/, -1), dialog),
  },
  { name: 'customer', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head' },
  { name: 'customer-partly', login: 'tangx', path: '/records/customer/{customer}', ready: '.record-head' },
  { name: 'why', login: 'tangx', path: '/records/customer/{customer}', ready: '.masked', then: (page) => page.locator('.masked').first().click() },
  { name: 'who-can', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head', then: steps(acts, press(/谁能看到|Who can see/), dialog) },
  { name: 'customer-new', login: 'zhoumy', path: '/records/customer/new', ready: 'form' },
  { name: 'opportunities-board', login: 'zhoumy', path: '/records/opportunity?as=%22board%22', ready: '.board-card' },
  { name: 'tasks-calendar', login: 'zhoumy', path: '/records/task?as=%22calendar%22', ready: '.calendar' },
  { name: 'palette', login: 'zhoumy', path: '/records/customer', ready: list, then: steps((page) => page.keyboard.press('Control+k'), (page) => page.getByRole('dialog').getByRole('combobox').fill('kh')) },
  { name: 'keys', login: 'zhoumy', path: '/records/customer', ready: list, wide: true, then: steps((page) => page.keyboard.press('?'), dialog) },
  { name: 'organisation', login: 'sunh', path: '/org', ready: '[role=treeitem]' },
  { name: 'packs', login: 'sunh', path: '/policy/packs', ready: 'main a, main button' },
  { name: 'pack-blocks', login: 'sunh', path: '/policy/packs?pack=%22sales%22&side=%22blocks%22', ready: 'main h2, main h3' },
  { name: 'matrix', login: 'sunh', path: '/policy/matrix', ready: '[role=gridcell], main button' },
  { name: 'rules', login: 'sunh', path: '/policy/rules', ready: '.rules-page' },
  { name: 'drafts', login: 'sunh', path: '/policy/drafts', shows: 'draft', ready: 'main li, main tr' },
  { name: 'draft', login: 'sunh', path: '/policy/drafts/{made}', shows: 'draft', ready: 'main h2, main h3, main li' },
  { name: 'versions', login: 'sunh', path: '/policy/versions', ready: 'main li, main tr' },
  { name: 'view-as', login: 'sunh', path: '/', ready: 'main h1', wide: true, then: viewAs },
  { name: 'imports', login: 'zhoumy', path: '/data/imports', ready: 'main h1, main h2, main table, main ul, main p' },
  { name: 'import', login: 'zhoumy', path: '/data/imports/new', ready: 'input[type=file]' },
  { name: 'exports', login: 'zhoumy', path: '/data/exports', shows: 'draft', ready: 'main h1, main h2, main table, main ul, main p' },
  { name: 'pools', login: 'tangx', path: '/pools', ready: 'main h1' },
  { name: 'pool-settings', login: 'sunh', path: '/policy/pools', ready: 'main h1, main h2' },
  { name: 'routing', login: 'sunh', path: '/routing', ready: 'main h1' },
  { name: 'new-rule', login: 'sunh', path: '/policy/rules', ready: '.rules-page .rules-head', then: steps(press(/^新建规则$|^New rule$/), dialog) },
  { name: 'requests', login: 'zhoumy', path: '/requests', shows: 'request', ready: 'main h1' },
  { name: 'emergencies', login: 'zhoumy', path: '/emergencies?tab=%22all%22', shows: 'emergency', ready: 'main h1' },
  { name: 'approvals', login: 'sunh', path: '/policy/approvals', ready: 'main h2, main h3' },
  { name: 'access', login: 'tangx', path: '/access', ready: '.access-kind' },
  { name: 'grants', login: 'zhoumy', path: '/grants', ready: 'main h1' },
  { name: 'sandboxes', login: 'zhoumy', path: '/sandboxes?scope=all', ready: 'main h1' },
  { name: 'sandbox', login: 'luoy', path: '/sandboxes', ready: 'main .grant-card', then: steps((page) => page.locator('.grant-card a').first().click(), (page) => expect(page.locator('.box-head h1')).toBeVisible()) },
  { name: 'new-sandbox', login: 'huangjg', path: '/sandboxes/new', ready: 'main h1' },
  { name: 'transfer', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head', then: steps(acts, press(/^转交$|^Transfer$/), dialog) },
  { name: 'give-access', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head', then: steps((page) => page.getByRole('tab', { name: /^协作人|^Collaborators/ }).click(), press(/^添加协作人|^Add a collaborator/), dialog) },
  { name: 'account', login: 'zhoumy', path: '/account', ready: 'main h1, main h2, main table, main ul, main p' },
  { name: 'not-found', login: 'tangx', path: '/records/customer/1', ready: 'main' },
  { name: 'customer-acts', login: 'zhoumy', path: '/records/customer/{customer}', ready: '.record-head', then: acts },
  { name: 'merge', login: 'zhoumy', path: '/records/customer/{customer}/merge', ready: 'main h1' },
  { name: 'fields', login: 'sunh', path: '/policy/fields?kind=customer', ready: '.fields-table' },
  { name: 'tags', login: 'sunh', path: '/policy/tags', shows: 'tags', ready: 'main li' },
  { name: 'tag-group', login: 'sunh', path: '/policy/tags?group=customer.c_value', shows: 'tags', ready: '.settings-sentence' },
  { name: 'stages', login: 'sunh', path: '/policy/stages?kind=opportunity', ready: '.stage-list' },
  { name: 'export-control', login: 'sunh', path: '/policy/exports', ready: 'main h2' },
  { name: 'request', login: 'tangx', path: '/requests?scope=%22mine%22&id=%22{made}%22', shows: 'request', ready: 'main h2' },
]
