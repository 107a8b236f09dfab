import { useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { forget } from './freshness'
import type { FieldClass, Label, Person } from './types'

// The first run: a code opens it, once.

export interface TradePosition {
  code: string
  label: Label
  packs: string[]
}

export interface Trade {
  id: string
  label: Label
  description: Label
  units: { name: Label; type: string; depth: number }[]
  positions: TradePosition[]
  shares: { template: string; label: Label; positions: string[] }[]
  guards: { id: string; label: Label; positions: string[] }[]
  fields: { key: string; type: string; label: Label; class: FieldClass }[]
  tags: Label[]
}

/** A pack that comes with the product, and what it gives. */
export interface SetupPack {
  id: string
  label: Label
  description: Label
}

export interface SetupBody {
  code: string
  company: { name: string }
  admin: { name: string; login: string; password: string; sees_all: boolean }
  trade: string
  units: { name: string; type: string; parent: string }[]
  positions: TradePosition[]
  sample: boolean
  lang: 'zh' | 'en'
}

declare module './paths' {
  interface paths {
    '/api/v1/setup': { get: Call<never, { needed: boolean }>; post: Call<SetupBody, { person: Person }> }
    '/api/v1/setup/trades': { post: Call<{ code: string }, { items: Trade[]; packs: SetupPack[] }> }
  }
}

export const useSetupNeeded = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => body(http.GET('/api/v1/setup')), staleTime: 0, retry: false })

export const useTrades = (code: string) =>
  useQuery({
    queryKey: ['setup', 'trades', code],
    queryFn: () => body(http.POST('/api/v1/setup/trades', { body: { code } })),
    enabled: code !== '',
    staleTime: Infinity,
    retry: false,
  })

export async function setUp(setup: SetupBody) {
  const answer = await body(http.POST('/api/v1/setup', { body: setup }))
  forget()
  return answer
}
