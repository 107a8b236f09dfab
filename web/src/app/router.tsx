import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useNavigate,
} from '@tanstack/react-router'
import { body, http } from '@/api/client'
import { queries } from '@/api/freshness'
import { kindsQuery } from '@/api/kinds'
import { problemOf } from '@/api/problem'
import { meQuery } from '@/api/session'
import { lookByLink, stopLooking } from '@/api/viewas'
import { validateAccessSearch, validateGrantsSearch } from '@/features/access/search'
import { validateDashboardSearch } from '@/features/figures/search'
import { validateExportSearch, validateHistorySearch, validateImportSearch } from '@/features/jobs/search'
import { validateOrgSearch } from '@/features/org/search'
import { validatePoolSearch } from '@/features/pools/search'
import { validateMatrixSearch, validatePacksSearch } from '@/features/policy/search'
import { validateRulesSearch, validateVersionsSearch } from '@/features/rules/search'
import { validateRequestSearch } from '@/features/requests/search'
import { validateListSearch } from '@/features/records/search'
import { SignInPage } from '@/features/session/signin'
import { withTexts } from '@/lib/i18n'
import { NotFound } from '@/permission/notfound'
import { Crashed } from './boundary'
import { LoadFailed } from './loadfailed'
import { Waiting } from './waiting'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crashed })

/** Only a path of this program: a link from outside must not lead away after sign-in. */
const inside = (path: unknown): string | undefined =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : undefined

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>) => ({
    back: inside(raw.back),
    expired: raw.expired === true ? true : undefined,
  }),
  // In an installation in which nobody is yet there is nobody to sign in as.
  beforeLoad: async () => {
    const needed = await body(http.GET('/api/v1/setup')).then((setup) => setup.needed, () => false)
    if (needed) throw redirect({ to: '/setup' })
  },
  component: function SignIn() {
    const { back, expired } = signIn.useSearch()
    const navigate = useNavigate()
    return (
      <SignInPage
        expired={expired ?? false}
        onDone={() => {
          lookByLink(back ?? '/')
          void (back ? navigate({ href: back, replace: true }) : navigate({ to: '/', replace: true }))
        }}
      />
    )
  },
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./firstrun'), 'SetupRoute'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})

const ownPassword = createRoute({
  getParentRoute: () => root,
  path: '/own-password',
  component: lazyRouteComponent(() => import('./firstrun'), 'OwnPasswordRoute'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})

// Everything behind the sign-in waits for who one is and what kinds one may see.
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  loader: async ({ location }) => {
    try {
      await Promise.all([queries.ensureQueryData(meQuery), queries.ensureQueryData(kindsQuery)])
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'must_change') throw redirect({ to: '/own-password' })
      if (problem.status !== 401) throw error
      // Nobody signs in as somebody else; the link says again as whom to look, once one has.
      stopLooking()
      const back = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { back, expired: undefined } })
    }
  },
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})

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

const policy = createRoute({
  getParentRoute: () => shell,
  path: '/policy',
  beforeLoad: () => {
    throw redirect({ to: '/policy/packs', replace: true })
  },
})

const packs = createRoute({
  getParentRoute: () => shell,
  path: '/policy/packs',
  validateSearch: validatePacksSearch,
  component: lazyRouteComponent(pages, 'PacksRoute'),
})

const rules = createRoute({
  getParentRoute: () => shell,
  path: '/policy/rules',
  validateSearch: validateRulesSearch,
  component: lazyRouteComponent(pages, 'RulesRoute'),
})

const drafts = createRoute({
  getParentRoute: () => shell,
  path: '/policy/drafts',
  component: lazyRouteComponent(pages, 'DraftsRoute'),
})

const draft = createRoute({
  getParentRoute: () => shell,
  path: '/policy/drafts/$id',
  component: lazyRouteComponent(pages, 'DraftRoute'),
})

const versions = createRoute({
  getParentRoute: () => shell,
  path: '/policy/versions',
  validateSearch: validateVersionsSearch,
  component: lazyRouteComponent(pages, 'VersionsRoute'),
})

const matrix = createRoute({
  getParentRoute: () => shell,
  path: '/policy/matrix',
  validateSearch: validateMatrixSearch,
  component: lazyRouteComponent(pages, 'MatrixRoute'),
})

const pools = createRoute({
  getParentRoute: () => shell,
  path: '/pools',
  component: lazyRouteComponent(pages, 'PoolsRoute'),
})

const poolSettings = createRoute({
  getParentRoute: () => shell,
  path: '/policy/pools',
  validateSearch: validatePoolSearch,
  component: lazyRouteComponent(pages, 'PoolSettingsRoute'),
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

const requestPages = () => withTexts(['requests', 'policy'], import('./requestpages'))

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  validateSearch: validateRequestSearch,
  component: lazyRouteComponent(requestPages, 'RequestsRoute'),
})

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/policy/approvals',
  component: lazyRouteComponent(requestPages, 'ApprovalsRoute'),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/session/account')),
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
      access,
      grants,
      pools,
      poolSettings,
      policy,
      packs,
      matrix,
      rules,
      drafts,
      draft,
      versions,
      account,
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
