import { renderHook, waitFor } from '@testing-library/react'
import { act } from 'react'
import { expect, it, vi } from 'vitest'
import { proofDone, prove, proving, useProofAsked } from './proof'

const refused = () => new Response(JSON.stringify({ code: 'second_factor_required' }), { status: 403 })
const order = () => new Request(new URL('/api/v1/exports', location.origin), { method: 'POST', body: '{"kind":"customer"}', headers: { 'Content-Type': 'application/json' } })

it('hands the refusal on where nobody can ask', async () => {
  const send = vi.fn(() => Promise.resolve(refused()))
  expect((await proving(order(), send)).status).toBe(403)
  expect(send).toHaveBeenCalledOnce()
})

it('sends what was refused again, with its body, once it was proved', async () => {
  const { result } = renderHook(useProofAsked)
  const bodies: string[] = []
  const send = async (request: Request) => {
    bodies.push(await request.text())
    return bodies.length < 2 ? refused() : new Response('{}')
  }
  const answer = proving(order(), send)
  await waitFor(() => expect(result.current).toBe(true))
  act(() => proofDone(true))
  expect((await answer).status).toBe(200)
  expect(bodies).toEqual(['{"kind":"customer"}', '{"kind":"customer"}'])
  expect(result.current).toBe(false)
})

it('asks once for all that wait', async () => {
  const { result } = renderHook(useProofAsked)
  let all: Promise<boolean[]> | undefined
  act(() => {
    all = Promise.all([prove(), prove()])
  })
  act(() => proofDone(true))
  expect(await all).toEqual([true, true])
  expect(result.current).toBe(false)
})

it('hands the refusal on when it was not proved, and asks for nothing else', async () => {
  const { result } = renderHook(useProofAsked)
  const send = vi.fn(() => Promise.resolve(refused()))
  const answer = proving(order(), send)
  await waitFor(() => expect(result.current).toBe(true))
  act(() => proofDone(false))
  expect((await answer).status).toBe(403)
  expect(send).toHaveBeenCalledOnce()
  const other = vi.fn(() => Promise.resolve(new Response('{"code":"denied"}', { status: 403 })))
  expect((await proving(order(), other)).status).toBe(403)
  expect(result.current).toBe(false)
})
