import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { validateDashboardSearch } from '@/features/figures/search'
import { validateExportSearch, validateHistorySearch, validateImportSearch } from '@/features/jobs/search'
import { validateOrgSearch } from '@/features/org/search'
import { validateListSearch } from '@/features/records/search'
import { validateAccessSearch, validateBoxSearch, validateGrantsSearch, validateSandboxSearch } from '@/features/access/search'
import { validateAuditSearch, validateEraseSearch } from '@/features/audit/search'
import { validateAlertSearch } from '@/features/alerts/search'
import { validateEmergencySearch } from '@/features/emergency/search'
import { validateStatisticsSearch } from '@/features/figures/statisticssearch'
import { validateRequestSearch } from '@/features/requests/search'
import { withTexts } from '@/lib/i18n'
import { NotFound } from '@/permission/notfound'
import { approvals, draft, drafts, exportControl, fields, matrix, packs, policy, poolSettings, rules, stages, tagGroups, versions } from './policyroutes'
import { ownPassword, root, setup, shell, signIn } from './rootroutes'

const pages = () => import('./pages')

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: validateDashboardSearch,
  component: lazyRouteComponent(() => withTexts(['figures'], import('./home')), 'HomeRoute'),
})

const list = createRoute({
  getParentRoute: () => shell,
  path: '/records/$kind',
  validateSearch: validateListSearch,
  component: lazyRouteComponent(pages, 'ListRoute'),
})

const create = createRoute({
  getParentRoute: () => shell,
  path: '/records/$kind/new',
  component: lazyRouteComponent(pages, 'CreateRoute'),
})

const record = createRoute({
  getParentRoute: () => shell,
  path: '/records/$kind/$id',
  component: lazyRouteComponent(pages, 'RecordRoute'),
})

const edit = createRoute({
  getParentRoute: () => shell,
  path: '/records/$kind/$id/edit',
  component: lazyRouteComponent(pages, 'EditRoute'),
})

const routing = createRoute({
  getParentRoute: () => shell,
  path: '/routing',
  component: lazyRouteComponent(() => withTexts(['company'], import('@/features/routing/routingpage'))),
})

const merge = createRoute({
  getParentRoute: () => shell,
  path: '/records/$kind/$id/merge',
  component: lazyRouteComponent(pages, 'MergeRoute'),
})

const org = createRoute({
  getParentRoute: () => shell,
  path: '/org',
  validateSearch: validateOrgSearch,
  component: lazyRouteComponent(pages, 'OrgRoute'),
})

const pools = createRoute({
  getParentRoute: () => shell,
  path: '/pools',
  component: lazyRouteComponent(pages, 'PoolsRoute'),
})

const dataPages = () => withTexts(['jobs'], import('./datapages'))

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports',
  validateSearch: validateHistorySearch,
  component: lazyRouteComponent(dataPages, 'ImportsRoute'),
})

const importWizard = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports/new',
  validateSearch: validateImportSearch,
  component: lazyRouteComponent(dataPages, 'ImportWizardRoute'),
})

const importJob = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports/$id',
  validateSearch: validateImportSearch,
  component: lazyRouteComponent(dataPages, 'ImportJobRoute'),
})

const exported = createRoute({
  getParentRoute: () => shell,
  path: '/data/exports',
  validateSearch: validateExportSearch,
  component: lazyRouteComponent(dataPages, 'ExportsRoute'),
})

const accessPages = () => withTexts(['access'], import('./accesspages'))

const access = createRoute({
  getParentRoute: () => shell,
  path: '/access',
  validateSearch: validateAccessSearch,
  component: lazyRouteComponent(accessPages, 'AccessRoute'),
})

const grants = createRoute({
  getParentRoute: () => shell,
  path: '/grants',
  validateSearch: validateGrantsSearch,
  component: lazyRouteComponent(accessPages, 'GrantsRoute'),
})

const boxPages = () => withTexts(['access', 'sandboxes'], import('./sandboxpages'))

const sandboxes = createRoute({
  getParentRoute: () => shell,
  path: '/sandboxes',
  validateSearch: validateSandboxSearch,
  component: lazyRouteComponent(boxPages, 'SandboxesRoute'),
})

const newSandbox = createRoute({
  getParentRoute: () => shell,
  path: '/sandboxes/new',
  component: lazyRouteComponent(boxPages, 'NewSandboxRoute'),
})

const sandbox = createRoute({
  getParentRoute: () => shell,
  path: '/sandboxes/$id',
  validateSearch: validateBoxSearch,
  component: lazyRouteComponent(boxPages, 'SandboxRoute'),
})

const requestPages = () => withTexts(['requests', 'policy'], import('./requestpages'))

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  validateSearch: validateRequestSearch,
  component: lazyRouteComponent(requestPages, 'RequestsRoute'),
})

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: validateAuditSearch,
  component: lazyRouteComponent(() => withTexts(['audit', 'alerts'], import('./auditpages')), 'AuditRoute'),
})

const trace = createRoute({
  getParentRoute: () => shell,
  path: '/audit/trace',
  component: lazyRouteComponent(() => withTexts(['trace', 'watermark'], import('@/features/trace/tracepage'))),
})

const erase = createRoute({
  getParentRoute: () => shell,
  path: '/audit/erase',
  validateSearch: validateEraseSearch,
  component: lazyRouteComponent(() => withTexts(['audit'], import('./auditpages')), 'EraseRoute'),
})

const statistics = createRoute({
  getParentRoute: () => shell,
  path: '/statistics',
  validateSearch: validateStatisticsSearch,
  component: lazyRouteComponent(() => withTexts(['figures', 'statistics'], import('./statisticspages')), 'StatisticsRoute'),
})

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: validateAlertSearch,
  component: lazyRouteComponent(() => withTexts(['alerts'], import('./alertpages')), 'AlertsRoute'),
})

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  component: lazyRouteComponent(() => withTexts(['reports'], import('./reportpages')), 'ReportsRoute'),
})

const report = createRoute({
  getParentRoute: () => shell,
  path: '/reports/$id',
  component: lazyRouteComponent(() => withTexts(['reports'], import('./reportpages')), 'ReportRoute'),
})

const mail = createRoute({
  getParentRoute: () => shell,
  path: '/org/mail',
  component: lazyRouteComponent(() => withTexts(['mail'], import('@/features/mail/mailpage'))),
})

const emergencies = createRoute({
  getParentRoute: () => shell,
  path: '/emergencies',
  validateSearch: validateEmergencySearch,
  component: lazyRouteComponent(() => withTexts(['emergency'], import('./emergencypages')), 'EmergenciesRoute'),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => withTexts(['factor'], import('@/features/session/account'))),
})

const signInSettings = createRoute({
  getParentRoute: () => shell,
  path: '/org/sign-in',
  component: lazyRouteComponent(() => withTexts(['factor', 'watermark', 'reveal'], import('@/features/org/signinsettings'))),
})

const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    ownPassword,
    shell.addChildren([
      home,
      imports,
      importWizard,
      importJob,
      exported,
      list,
      create,
      record,
      edit,
      merge,
      org,
      routing,
      requests,
      approvals,
      exportControl,
      access,
      grants,
      sandboxes,
      newSandbox,
      sandbox,
      statistics,
      emergencies,
      audit,
      trace,
      erase,
      alerts,
      reports,
      report,
      mail,
      pools,
      poolSettings,
      fields,
      tagGroups,
      stages,
      policy,
      packs,
      matrix,
      rules,
      drafts,
      draft,
      versions,
      account,
      signInSettings,
      elsewhere,
    ]),
  ]),
  defaultPreload: false,
  defaultPendingMs: 150,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
