import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch, Made } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Passkey } from './passkeys'

// The second factor, the devices that people sign in with, and what the company asks of a sign-in.

export interface Factor {
  /** Of the authenticator. */
  since?: string
  passkeys: Passkey[]
  /** Where passkeys are made and proved; empty for nowhere. */
  passkey_origin: string
  codes_left: number
  /** The company wants the last one kept. */
  keep: boolean
  proved_until?: string
}

export interface NewFactor {
  secret: string
  uri: string
  qr: { size: number; path: string }
}

export interface Device {
  id: string
  class: string
  family: string
  label: string
  address: string
  first_at: string
  last_seen_at: string
  known_since?: string
  asked_at?: string
  blocked_at?: string
  /** Not used for so long that it is a new device again. */
  aged: boolean
  sessions: number
  current: boolean
}

export interface SignInSettings {
  version: number
  factor: string
  first_use: string
  freeze: boolean
  keep: boolean
  device_days: number
  hour_from: number
  hour_until: number
}

declare module './paths' {
  interface paths {
    '/api/v1/factor': { get: Call<never, Factor>; post: Made<{ password: string }, NewFactor> }
    '/api/v1/factor/confirm': { post: Call<{ code: string }, { codes: string[] }> }
    '/api/v1/factor/codes': { post: Call<never, { codes: string[] }> }
    '/api/v1/factor/proof': { post: Call<{ code: string }, { until: string }> }
    '/api/v1/factor/remove': { post: Call<{ password: string; code: string }, undefined> }
    '/api/v1/devices': { get: Call<never, { items: Device[] }> }
    '/api/v1/devices/{id}': { patch: Call<{ label: string }, undefined, { id: string }>; delete: Call<never, undefined, { id: string }> }
    '/api/v1/org/people/{id}/devices': { get: Call<never, { items: Device[] }, { id: string }> }
    '/api/v1/org/people/{id}/devices/{device}/admit': { post: Call<never, { items: Device[] }, { id: string; device: string }> }
    '/api/v1/org/people/{id}/devices/{device}/block': { post: Call<never, { items: Device[] }, { id: string; device: string }> }
    '/api/v1/org/people/{id}/devices/{device}/sign-out': { post: Call<never, { items: Device[] }, { id: string; device: string }> }
    '/api/v1/sign-in/settings': { get: Call<never, SignInSettings>; put: Call<Omit<SignInSettings, 'version'>, SignInSettings, never, never, IfMatch> }
  }
}

/** Whether there is any second factor. */
export const hasFactor = (factor: Factor) => Boolean(factor.since) || factor.passkeys.length > 0

const factorChanged = () => queries.invalidateQueries({ queryKey: ['factor'] })
const devicesChanged = () => Promise.all([queries.invalidateQueries({ queryKey: ['devices'] }), queries.invalidateQueries({ queryKey: ['sessions'] })])

export const useFactor = () => useQuery({ queryKey: ['factor'], queryFn: () => body(http.GET('/api/v1/factor')) })

export const useBeginFactor = () => useMutation({ mutationFn: (password: string) => body(http.POST('/api/v1/factor', { body: { password } })) })

export const useConfirmFactor = () =>
  useMutation({ mutationFn: (code: string) => body(http.POST('/api/v1/factor/confirm', { body: { code } })), onSuccess: factorChanged })

export const useRecoveryCodes = () => useMutation({ mutationFn: () => body(http.POST('/api/v1/factor/codes')), onSuccess: factorChanged })

export const useRemoveFactor = () =>
  useMutation({ mutationFn: (proof: { password: string; code: string }) => body(http.POST('/api/v1/factor/remove', { body: proof })), onSuccess: factorChanged })

export const useProve = () => useMutation({ mutationFn: (code: string) => body(http.POST('/api/v1/factor/proof', { body: { code } })) })

export const useDevices = () => useQuery({ queryKey: ['devices'], queryFn: () => body(http.GET('/api/v1/devices')), select: (answer) => answer.items })

export const useNameDevice = () =>
  useMutation({
    mutationFn: ({ id, label }: { id: string; label: string }) => body(http.PATCH('/api/v1/devices/{id}', { params: { path: { id } }, body: { label } })),
    onSettled: devicesChanged,
  })

export const useEndDevice = () =>
  useMutation({ mutationFn: (id: string) => body(http.DELETE('/api/v1/devices/{id}', { params: { path: { id } } })), onSettled: devicesChanged })

const theirs = (person: string) => ['org', 'devices', person]

export const usePersonDevices = (id: string) =>
  useQuery({
    queryKey: theirs(id),
    queryFn: () => body(http.GET('/api/v1/org/people/{id}/devices', { params: { path: { id } } })),
    select: (answer) => answer.items,
    retry: false,
  })

export type DeviceAct = 'admit' | 'block' | 'sign-out'

export const useDeviceAct = (person: string) =>
  useMutation({
    mutationFn: ({ device, act }: { device: string; act: DeviceAct }) =>
      body(http.POST(`/api/v1/org/people/{id}/devices/{device}/${act}`, { params: { path: { id: person, device } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: theirs(person) }),
  })

export const useResetFactor = (id: string) =>
  useMutation({
    mutationFn: () => body(http.POST('/api/v1/org/people/{id}/factor/reset', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['org', 'account', id] }),
  })

export const useThaw = (id: string) =>
  useMutation({
    mutationFn: () => body(http.POST('/api/v1/org/people/{id}/thaw', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['org', 'account', id] }),
  })

export const useSignInSettings = () =>
  useQuery({ queryKey: ['sign-in-settings'], queryFn: () => body(http.GET('/api/v1/sign-in/settings')) })

export const useSetSignInSettings = () =>
  useMutation({
    mutationFn: ({ version, ...settings }: SignInSettings) =>
      body(http.PUT('/api/v1/sign-in/settings', { params: { header: { 'If-Match': String(version) } }, body: settings })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sign-in-settings'] }),
  })
