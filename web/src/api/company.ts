import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Impact } from './policytypes'
import type { Choice, Label, Place } from './types'

// The organisation as who administers it changes it: units, positions, people and their accounts,
// and what a change would bring before it is made.

export interface Named {
  id: string
  name: string
  login?: string
}

export interface UnitFields {
  parent?: string
  name?: string
  type?: string
  place?: Place
  heads?: string[]
}

export interface Appointment {
  id: string
  version: number
  person: Named
  unit: Named
  position: Choice
  from: string
  until?: string
  state: string
}

export interface NewAppointment {
  person?: string
  unit: string
  position: string
  from?: string
  until?: string
}

export interface Handover {
  kind: string
  to?: string
  /** Among several people, by rule. */
  spread?: { to: string[]; by: SpreadBy }
  /** Customers go into this pool, as far as it takes them. */
  pool?: string
  open?: boolean
  unit?: boolean
}

export type SpreadBy = 'even' | 'city' | 'region' | 'unit'

/** Changes that are imagined or made as a whole. */
export interface Changes {
  units?: ({ id: string; version: number } & UnitFields)[]
  join?: { fields: Record<string, string>; appointments: NewAppointment[]; packs?: string[]; account?: boolean }[]
  appoint?: NewAppointment[]
  change?: { id: string; version: number; until?: string }[]
  end?: { id: string; version: number }[]
  leave?: { person: string; at?: string; hand?: Handover[]; note?: string }[]
  hand?: { person: string; hand: Handover[]; note?: string }[]
}

export interface HandedOut {
  person: Named
  unit?: string
  password: string
}

export interface Account {
  person: string
  login: string
  password: boolean
  open: boolean
  stopped_at?: string
  changed_at?: string
  /** Whether there is a second one. */
  factor: boolean
  frozen_at?: string
  frozen_why?: string
}

export interface LeavingKind {
  kind: string
  label: Label
  all: number
  open: number
  /** Of the open ones those that who asks sees, and the first of them. */
  seen?: { count: number; capped: boolean }
  items?: { id: string; title?: string }[]
}

export interface Sight {
  person: Named
  kinds: { kind: string; label: Label; total: { value: number; more?: boolean } }[]
  can: string[]
}

type ById = { id: string }

declare module './paths' {
  interface paths {
    '/api/v1/org/people/{id}/factor/reset': { post: Call<never, Account, ById> }
    '/api/v1/org/people/{id}/thaw': { post: Call<never, Account, ById> }
    '/api/v1/org/impact': { post: Call<Changes, Impact> }
    '/api/v1/org/changes': { post: Call<Changes, { joined: HandedOut[]; handed: number; kept: number }> }
    '/api/v1/org/units/{id}': { delete: Call<never, undefined, ById, never, IfMatch> }
    '/api/v1/org/units/{id}/appointments': { get: Call<never, { items: Appointment[] }, ById> }
    '/api/v1/org/positions/{code}': {
      put: Call<{ label: Label }, Choice, { code: string }>
      delete: Call<never, undefined, { code: string }>
    }
    '/api/v1/org/people/{id}/leaving': { get: Call<never, { items: LeavingKind[]; note: boolean }, ById> }
    '/api/v1/org/people/{id}/account': { get: Call<never, Account, ById> }
    '/api/v1/org/people/{id}/stop': { post: Call<never, Account, ById> }
    '/api/v1/org/people/{id}/open': { post: Call<never, Account, ById> }
    '/api/v1/org/accounts': { post: Call<{ people?: string[]; unit?: string; password?: string }, { items: HandedOut[] }> }
    '/api/v1/sees': { get: Call<never, Sight, never, { person?: string }> }
  }
}

const again = () => queries.invalidateQueries()

/** Adds a unit: the one change of the tree that takes nothing from anybody. */
export const useAddUnit = () =>
  useMutation({
    mutationFn: (fields: UnitFields) =>
      body<{ id: string }>(http.POST('/api/v1/org/units' as never, { body: fields } as never)),
    onSuccess: again,
  })

export const useRemoveUnit = () =>
  useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      body(http.DELETE('/api/v1/org/units/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } })),
    onSuccess: again,
  })

export const useChanges = () =>
  useMutation({ mutationFn: (changes: Changes) => body(http.POST('/api/v1/org/changes', { body: changes })), onSuccess: again })

/** What changes would bring; asked anew for other changes. */
export const useOrgImpact = (changes: Changes | undefined) =>
  useQuery({
    queryKey: ['org', 'impact', changes],
    queryFn: () => body(http.POST('/api/v1/org/impact', { body: changes as Changes })),
    enabled: changes !== undefined,
    staleTime: 0,
    retry: false,
  })

export const useUnitAppointments = (id: string) =>
  useQuery({
    queryKey: ['org', 'appointments', 'unit', id],
    queryFn: () => body(http.GET('/api/v1/org/units/{id}/appointments', { params: { path: { id } } })),
  })

export const usePersonAppointments = (person: string | undefined) =>
  useQuery({
    queryKey: ['org', 'appointments', 'person', person],
    queryFn: async () =>
      (await body(http.GET('/api/v1/org/appointments', { params: { query: { person } } }))) as unknown as {
        items: Appointment[]
      },
    enabled: Boolean(person),
  })

export const usePositions = (enabled = true) =>
  useQuery({ queryKey: ['org', 'positions'], queryFn: () => body(http.GET('/api/v1/org/positions')), enabled })

export const usePutPosition = () =>
  useMutation({
    mutationFn: ({ code, label }: { code: string; label: Label }) =>
      body(http.PUT('/api/v1/org/positions/{code}', { params: { path: { code } }, body: { label } })),
    onSuccess: again,
  })

export const useDeletePosition = () =>
  useMutation({
    mutationFn: (code: string) => body(http.DELETE('/api/v1/org/positions/{code}', { params: { path: { code } } })),
    onSuccess: again,
  })

export const useLeaving = (id: string | undefined) =>
  useQuery({
    queryKey: ['org', 'leaving', id],
    queryFn: () => body(http.GET('/api/v1/org/people/{id}/leaving', { params: { path: { id: id ?? '' } } })),
    enabled: Boolean(id),
    retry: false,
  })

export const useAccount = (id: string) =>
  useQuery({
    queryKey: ['org', 'account', id],
    queryFn: () => body(http.GET('/api/v1/org/people/{id}/account', { params: { path: { id } } })),
    retry: false,
  })

export const useAccountSwitch = () =>
  useMutation({
    mutationFn: ({ id, to }: { id: string; to: 'stop' | 'open' }) =>
      to === 'stop'
        ? body(http.POST('/api/v1/org/people/{id}/stop', { params: { path: { id } } }))
        : body(http.POST('/api/v1/org/people/{id}/open', { params: { path: { id } } })),
    onSettled: again,
  })

export const useHandOut = () =>
  useMutation({
    mutationFn: (ask: { people?: string[]; unit?: string; password?: string }) =>
      body(http.POST('/api/v1/org/accounts', { body: ask })),
    onSuccess: again,
  })

export const useSees = (person: string, enabled: boolean) =>
  useQuery({
    queryKey: ['sees', person],
    queryFn: () => body(http.GET('/api/v1/sees', { params: { query: { person } } })),
    enabled,
    retry: false,
  })
