import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'

/** Renders a view with what all of them stand on: a router and a query cache. */
export async function show(view: ReactNode) {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => <div data-testid="shown">{view}</div> }),
    history: createMemoryHistory(),
  })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const shown = render(
    <QueryClientProvider client={queries}>
      {/* The test's router has one route; the app's own type does not know it. */}
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  await screen.findByTestId('shown')
  return shown
}

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> }

/** Answers in the server's place, and keeps what it was asked. */
export function answer(reply: (call: Call) => Answer): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    const text = await request.text()
    const call: Call = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    calls.push(call)
    const { status = 200, body, headers } = reply(call)
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  })
  return calls
}
