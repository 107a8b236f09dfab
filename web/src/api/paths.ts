import type { Call } from './call'
import type { Explanation, Item, Kind, ListQuery, Me, Page, Person, Pool, SignedIn, Unit, Value } from './types'
import type { Found, NoticePage } from './shell'
import type { Grant, GrantSearch, NewGrant } from './grants'
import type { Token } from './session'
import type { Account } from './company'
import type { PasskeyProof } from '@/lib/webauthn'
import type { Device, Factor, NewFactor, SignInSettings } from './factor'

// The routes that the screens call, in the form openapi-fetch reads. schema.gen.ts, made from the
// server's OpenAPI, is the wider truth; contract.ts holds the two together.

interface Params<Path, Query, Header> {
  query?: Query
  header?: Header
  path?: Path
  cookie?: never
}

/** One that makes something. */
interface Made<Body, Answer> {
  parameters: Params<never, never, never>
  requestBody: { content: { 'application/json': Body } }
  responses: { 201: { content: { 'application/json': Answer } } }
}

type ById = { id: string }
type OfKind = { kind: string }
type Fields = { fields: Record<string, Value> }
type Version = { 'If-Match': string }

export interface paths {
  '/api/v1/session': {
    post: Call<{ login: string; password: string; code?: string; passkey?: PasskeyProof }, { person?: Person; waiting?: boolean }>
    delete: Call<never, undefined>
  }
  '/api/v1/sessions': { get: Call<never, { items: SignedIn[] }> }
  '/api/v1/sessions/{id}': { delete: Call<never, undefined, ById> }
  '/api/v1/tokens': { get: Call<never, { items: Token[] }> }
  '/api/v1/tokens/{id}': { delete: Call<never, undefined, ById> }
  '/api/v1/grants': {
    get: Call<never, { items: Grant[] }, never, GrantSearch & { before?: string }>
    post: { parameters: Params<never, never, never>; requestBody: { content: { 'application/json': NewGrant } }; responses: { 201: { content: { 'application/json': Grant } } } }
  }
  '/api/v1/factor': { get: Call<never, Factor>; post: Made<{ password: string }, NewFactor> }
  '/api/v1/factor/confirm': { post: Call<{ code: string }, { codes: string[] }> }
  '/api/v1/factor/codes': { post: Call<never, { codes: string[] }> }
  '/api/v1/factor/proof': { post: Call<{ code: string }, { until: string }> }
  '/api/v1/factor/remove': { post: Call<{ password: string; code: string }, undefined> }
  '/api/v1/devices': { get: Call<never, { items: Device[] }> }
  '/api/v1/devices/{id}': { patch: Call<{ label: string }, undefined, ById>; delete: Call<never, undefined, ById> }
  '/api/v1/org/people/{id}/devices': { get: Call<never, { items: Device[] }, ById> }
  '/api/v1/org/people/{id}/devices/{device}/admit': { post: Call<never, { items: Device[] }, ById & { device: string }> }
  '/api/v1/org/people/{id}/devices/{device}/block': { post: Call<never, { items: Device[] }, ById & { device: string }> }
  '/api/v1/org/people/{id}/devices/{device}/sign-out': { post: Call<never, { items: Device[] }, ById & { device: string }> }
  '/api/v1/org/people/{id}/factor/reset': { post: Call<never, Account, ById> }
  '/api/v1/org/people/{id}/thaw': { post: Call<never, Account, ById> }
  '/api/v1/sign-in/settings': { get: Call<never, SignInSettings>; put: Call<Omit<SignInSettings, 'version'>, SignInSettings, never, never, Version> }
  '/api/v1/password': { post: Call<{ old: string; new: string }, undefined> }
  '/api/v1/me': { get: Call<never, Me> }
  '/api/v1/kinds': { get: Call<never, { items: Kind[] }> }
  '/api/v1/records/{kind}': {
    get: Call<never, Page, OfKind, ListQuery>
    post: Call<Fields, Item, OfKind>
  }
  '/api/v1/records/{kind}/{id}': {
    get: Call<never, Item, OfKind & ById>
    patch: Call<Fields, Item, OfKind & ById, never, Version>
    delete: Call<never, undefined, OfKind & ById, never, Version>
  }
  '/api/v1/explain': {
    get: Call<never, Explanation, never, { kind: string; id: string; action: string; field?: string }>
  }
  '/api/v1/org/units': { get: Call<never, { items: Unit[] }> }
  '/api/v1/search': { get: Call<never, { items: Found[] }, never, { q: string; kinds?: string; limit?: number }> }
  '/api/v1/notices': { get: Call<never, NoticePage, never, { cursor?: string; unread?: 'all' | 'only' }> }
  '/api/v1/notices/unread': { get: Call<never, { unread: number }> }
  '/api/v1/notices/read': { post: Call<{ ids?: string[]; all?: boolean }, undefined> }
  '/api/v1/org/pools': { get: Call<never, { items: Pool[] }> }
}
