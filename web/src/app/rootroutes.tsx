import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect, useNavigate } from '@tanstack/react-router'
import { body, http } from '@/api/client'
import { queries } from '@/api/freshness'
import { kindsQuery } from '@/api/kinds'
import { problemOf } from '@/api/problem'
import { meQuery } from '@/api/session'
import { lookByLink, stopLooking } from '@/api/viewas'
import { SignInPage } from '@/features/session/signin'
import { withTexts } from '@/lib/i18n'
import { NotFound } from '@/permission/notfound'
import { Crashed } from './boundary'
import { LoadFailed } from './loadfailed'
import { Waiting } from './waiting'

// The doors: what opens without a sign-in, and the shell around everything that needs one.

export const root = createRootRoute({ component: Outlet, notFoundComponent: () => <NotFound />, errorComponent: Crashed })

/** Only a path of this program: a link from outside must not lead away after sign-in. */
const inside = (path: unknown): string | undefined =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : undefined

export const signIn = createRoute({
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

export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./firstrun'), 'SetupRoute'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})

export const ownPassword = createRoute({
  getParentRoute: () => root,
  path: '/own-password',
  component: lazyRouteComponent(() => import('./firstrun'), 'OwnPasswordRoute'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})

// Everything behind the sign-in waits for who one is and what kinds one may see.
export const shell = createRoute({
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
  component: lazyRouteComponent(() => withTexts(['refusals'], import('./shell')), 'Shell'),
  pendingComponent: Waiting,
  errorComponent: LoadFailed,
})
