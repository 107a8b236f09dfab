import { useMutation } from '@tanstack/react-query'
import { makePasskey, type MadePasskey, type PasskeyAsk, type PasskeyProof, type PasskeyWish, signWithPasskey } from '@/lib/webauthn'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// Passkeys: each is asked of the server, made or signed by the browser, and told to the server.

export interface Passkey {
  id: string
  name: string
  synced: boolean
  created_at: string
  used_at?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/factor/passkeys/begin': { post: Call<{ password?: string }, PasskeyWish> }
    '/api/v1/factor/passkeys': {
      post: {
        parameters: { query?: never; header?: never; path?: never; cookie?: never }
        requestBody: { content: { 'application/json': MadePasskey & { name: string } } }
        responses: { 201: { content: { 'application/json': { passkey: Passkey; codes: string[] } } } }
      }
    }
    '/api/v1/factor/passkeys/challenge': { post: Call<never, PasskeyAsk> }
    '/api/v1/factor/passkeys/proof': { post: Call<PasskeyProof, { until: string }> }
    '/api/v1/factor/passkeys/{id}': { patch: Call<{ name: string }, undefined, { id: string }> }
    '/api/v1/factor/passkeys/{id}/remove': { post: Call<{ password: string }, undefined, { id: string }> }
    '/api/v1/session/passkey': { post: Call<{ login: string; password: string }, PasskeyAsk> }
  }
}

const factorChanged = () => queries.invalidateQueries({ queryKey: ['factor'] })

export const useAddPasskey = () =>
  useMutation({
    mutationFn: async ({ name, password }: { name: string; password?: string }) => {
      const made = await makePasskey(await body(http.POST('/api/v1/factor/passkeys/begin', { body: { password } })))
      return body(http.POST('/api/v1/factor/passkeys', { body: { name, ...made } }))
    },
    onSuccess: factorChanged,
  })

export const useNamePasskey = () =>
  useMutation({
    mutationFn: ({ id, label }: { id: string; label: string }) => body(http.PATCH('/api/v1/factor/passkeys/{id}', { params: { path: { id } }, body: { name: label } })),
    onSettled: factorChanged,
  })

export const useRemovePasskey = () =>
  useMutation({
    mutationFn: ({ id, password }: { id: string; password: string }) => body(http.POST('/api/v1/factor/passkeys/{id}/remove', { params: { path: { id } }, body: { password } })),
    onSuccess: factorChanged,
  })

export const useProvePasskey = () =>
  useMutation({
    mutationFn: async () => body(http.POST('/api/v1/factor/passkeys/proof', { body: await signWithPasskey(await body(http.POST('/api/v1/factor/passkeys/challenge'))) })),
  })

/** The proof that goes with a sign-in. */
export const passkeyToSignIn = async (login: string, password: string): Promise<PasskeyProof> =>
  signWithPasskey(await body(http.POST('/api/v1/session/passkey', { body: { login, password } })))
