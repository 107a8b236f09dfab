import { QueryClientProvider } from '@tanstack/react-query'
import { RouterContextProvider, RouterProvider } from '@tanstack/react-router'
import { forget, onExpired, queries } from '@/api/freshness'
import { stopLooking } from '@/api/viewas'
import { Proof } from '@/permission/proof'
import { Toasts } from '@/ui/toast'
import { Boundary } from './boundary'
import { router } from './router'

// A session that ended anywhere leads to the sign-in, and from there back to where one was.
onExpired(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  stopLooking()
  forget()
  void router.navigate({ to: '/sign-in', search: { back: href === '/' ? undefined : href, expired: href !== '/' || undefined } })
})

export function App() {
  return (
    <Boundary>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        {/* Beside the pages: the first one may wait for it. */}
        <RouterContextProvider router={router}>
          <Proof />
        </RouterContextProvider>
        <Toasts />
      </QueryClientProvider>
    </Boundary>
  )
}
