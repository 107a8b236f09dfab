import { QueryObserver } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { answer } from '@/testing/render'
import { body, http } from './client'
import { forget, keep, onExpired, queries } from './freshness'
import { ApiError, isNotFound, problemOf, toProblem } from './problem'

const me = () => body(http.GET('/api/v1/me'))
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

beforeEach(() => {
  forget()
  queries.setQueryData(['kept'], 'what was read before')
})

it('drops what was read when the policy changed', async () => {
  let epoch = 3
  answer(() => ({ body: { epoch } }))
  await me()
  await me()
  await settle()
  expect(queries.getQueryData(['kept'])).toBe('what was read before')
  epoch = 4
  await me()
  await settle()
  expect(queries.getQueryData(['kept'])).toBeUndefined()
})

it('keeps what is on the screen until it is read under the new policy, and no longer if it cannot be', async () => {
  let epoch = 3
  let asked = 0
  let fail = false
  answer(() => ({ body: { epoch } }))
  await me()
  const shown = new QueryObserver(queries, {
    queryKey: ['shown'],
    queryFn: () => (fail ? Promise.reject(new Error('no answer')) : Promise.resolve(++asked)),
    retry: false,
  })
  const seen: unknown[] = []
  const stop = shown.subscribe((result) => seen.push(result.data))
  await waitFor(() => expect(shown.getCurrentResult().data).toBe(1))
  seen.length = 0
  epoch = 4
  await me()
  await waitFor(() => expect(shown.getCurrentResult().data).toBe(2))
  expect(seen).not.toContain(undefined)
  fail = true
  epoch = 5
  await me()
  await waitFor(() => expect(shown.getCurrentResult().data).toBeUndefined())
  stop()
})

it('drops what was read when something is refused', async () => {
  answer(() => ({ status: 403, body: { kind: 'Denied', code: 'right' } }))
  await expect(me()).rejects.toThrow(ApiError)
  await settle()
  expect(queries.getQueryData(['kept'])).toBeUndefined()
})

it('drops once for what is refused again and again, and again when it was allowed meanwhile', async () => {
  let status = 403
  answer(() => ({ status, body: status === 403 ? { kind: 'Denied', code: 'right' } : { epoch: 1 } }))
  const refused = async () => {
    await expect(me()).rejects.toThrow(ApiError)
    await settle()
  }
  await refused()
  queries.setQueryData(['kept'], 'read since')
  await refused()
  expect(queries.getQueryData(['kept'])).toBe('read since')
  status = 200
  await me()
  status = 403
  await refused()
  expect(queries.getQueryData(['kept'])).toBeUndefined()
})

it('keeps what could not be read again, and not what was taken away', async () => {
  let status = 200
  answer(() => ({ status, body: status === 200 ? { epoch: 1 } : status === 500 ? { kind: 'Internal', code: 'internal' } : { kind: 'NotFound', code: 'record' } }))
  const read = () => queries.fetchQuery({ queryKey: ['one'], queryFn: me, staleTime: 0, retry: false })
  await read()
  status = 500
  await expect(read()).rejects.toThrow()
  expect(queries.getQueryData(['one'])).toEqual({ epoch: 1 })
  status = 404
  await expect(read()).rejects.toThrow()
  expect(queries.getQueryData(['one'])).toBeUndefined()
})

it('leads to the sign-in when the session is over, and only then', async () => {
  const expired = vi.fn()
  onExpired(expired)
  answer((call) => ({
    status: 401,
    body: { kind: 'Denied', code: call.path.endsWith('/me') ? 'signin' : 'credentials' },
  }))
  await expect(body(http.POST('/api/v1/password', { body: { old: 'a', new: 'b' } }))).rejects.toThrow()
  expect(expired).not.toHaveBeenCalled()
  await expect(me()).rejects.toThrow()
  expect(expired).toHaveBeenCalledOnce()
})

it('makes a problem of any failure', () => {
  const page = new Response('<html>', { status: 502, headers: { 'X-Request-Id': 'r1' } })
  expect(toProblem('<html>', page)).toMatchObject({ status: 502, kind: 'Internal', code: 'unknown', request_id: 'r1' })
  expect(problemOf(new TypeError('fetch failed')).kind).toBe('Network')
  expect(problemOf(new Error('a bug')).code).toBe('client')
  expect(isNotFound(new ApiError(toProblem(undefined, new Response(null, { status: 404 }))))).toBe(true)
})

it('what a write answered is not overwritten by what was asked before it', async () => {
  let late: (value: string) => void = () => undefined
  const asked = queries.fetchQuery({ queryKey: ['draft'], queryFn: () => new Promise<string>((done) => (late = done)), staleTime: 0 }).catch(() => undefined)
  await keep(['draft'], 'as written')
  late('as it was before')
  await asked
  await settle()
  expect(queries.getQueryData(['draft'])).toBe('as written')
})

it('reads a record again when what lies beneath it is missed: the right to it may have ended by the clock', async () => {
  let gone = false
  const missing = () => Promise.reject(new ApiError({ status: 404, kind: 'NotFound', code: 'record' }))
  const observe = (key: string[], answers: () => Promise<string>) => {
    const shown = new QueryObserver(queries, { queryKey: key, queryFn: answers, retry: false })
    return { shown, stop: shown.subscribe(() => undefined) }
  }
  const record = observe(['records', 'customer', 'one', '7'], () => (gone ? missing() : Promise.resolve('湖畔')))
  const other = observe(['records', 'customer', 'one', '8'], () => Promise.resolve('山前'))
  await waitFor(() => expect([record.shown.getCurrentResult().data, other.shown.getCurrentResult().data]).toEqual(['湖畔', '山前']))
  gone = true
  const beneath = observe(['records', 'customer', 'beneath', '7', 'team'], missing)
  await waitFor(() => expect(record.shown.getCurrentResult().data).toBeUndefined())
  expect(other.shown.getCurrentResult().data).toBe('山前')
  for (const { stop } of [record, other, beneath]) stop()
})
