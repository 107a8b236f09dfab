import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { PasskeyProof } from '@/lib/webauthn'
import type { Call } from './call'
import { body, http } from './client'
import { forget, queries } from './freshness'
import type { Me, Person, SignedIn } from './types'

/** A key of one of one's programs, without its secret. */
export interface Token {
  id: string
  name: string
  until: string
  last_seen_at?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/session': {
      post: Call<{ login: string; password: string; code?: string; passkey?: PasskeyProof }, { person?: Person; waiting?: boolean }>
      delete: Call<never, undefined>
    }
    '/api/v1/sessions': { get: Call<never, { items: SignedIn[] }> }
    '/api/v1/sessions/{id}': { delete: Call<never, undefined, { id: string }> }
    '/api/v1/tokens': { get: Call<never, { items: Token[] }> }
    '/api/v1/tokens/{id}': { delete: Call<never, undefined, { id: string }> }
    '/api/v1/password': { post: Call<{ old: string; new: string }, undefined> }
    '/api/v1/me': { get: Call<never, Me> }
  }
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => body(http.GET('/api/v1/me')), staleTime: 60_000 })

export const useMe = () => useQuery(meQuery)

/** A right of the person as far as it is known: it asks nothing, so that it stands also where nobody signed in. */
export const useHasRight = (right: string) => useQuery({ ...meQuery, enabled: false }).data?.can.includes(right) ?? false

/** Signs in, with a code or a passkey where one was asked for; `waiting` says that the device must be admitted first. */
export async function signIn(login: string, password: string, shown: { code?: string; passkey?: PasskeyProof }) {
  const answer = await body(http.POST('/api/v1/session', { body: { login, password, ...shown } }))
  if (!answer.waiting) forget()
  return answer
}

export async function signOut() {
  await body(http.DELETE('/api/v1/session'))
  forget()
}

export const useSessions = () =>
  useQuery({ queryKey: ['sessions'], queryFn: () => body(http.GET('/api/v1/sessions')) })

export const useRevoke = () =>
  useMutation({
    mutationFn: (id: string) => body(http.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })

export const usePassword = () =>
  useMutation({
    mutationFn: (change: { old: string; new: string }) => body(http.POST('/api/v1/password', { body: change })),
  })

export const useTokens = () =>
  useQuery({ queryKey: ['tokens'], queryFn: () => body(http.GET('/api/v1/tokens')), select: (answer) => answer.items })

export const useRevokeToken = () =>
  useMutation({
    mutationFn: (id: string) => body(http.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  })

/** The access that one gave or was given. */
export const useAccess = () =>
  useQuery({ queryKey: ['grants', 'mine'], queryFn: () => body(http.GET('/api/v1/grants')), select: (answer) => answer.items })
