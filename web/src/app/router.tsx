import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useNavigate,
} from '@tanstack/react-router'
import { queries } from '@/api/freshness'
import { kindsQuery } from '@/api/kinds'
import { problemOf } from '@/api/problem'
import { meQuery } from '@/api/session'
import { validateOrgSearch } from '@/features/org/search'
import { validateListSearch } from '@/features/records/search'
import { SignInPage } from '@/features/session/signin'
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
  component: function SignIn() {
    const { back, expired } = signIn.useSearch()
    const navigate = useNavigate()
    return (
      <SignInPage
        expired={expired ?? false}
        onDone={() => void (back ? navigate({ href: back, replace: true }) : navigate({ to: '/', replace: true }))}
      />
    )
  },
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
      if (problem.status !== 401) throw error
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
  component: lazyRouteComponent(pages, 'HomeRoute'),
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

const org = createRoute({
  getParentRoute: () => shell,
  path: '/org',
  validateSearch: validateOrgSearch,
  component: lazyRouteComponent(pages, 'OrgRoute'),
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
    shell.addChildren([home, list, create, record, edit, org, account, elsewhere]),
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
