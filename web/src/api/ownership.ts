import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { keep, queries } from './freshness'
import type { MassSkip } from './mass'
import { recordQuery } from './records'
import type { Item, Label, Value } from './types'

// Whose a record is: transferred with what hangs on it, merged with another one, asked for.

/** The children of one relation: how many go along, and why others stay. */
export interface Part {
  relation: string
  kind: string
  label: Label
  will: number
  stay: MassSkip[]
}

export interface TransferPlan {
  may: boolean
  why?: MassSkip
  owner?: { id: string; name: string }
  unit?: string
  parts: Part[]
  /** It can be asked for. */
  ask?: boolean
}

export interface Transfer {
  to: string
  children: string[]
  note?: string
  keep_access?: number
}

export interface MergedRecord {
  id: string
  item: Item
  parts: Part[]
  until: string
}

type Path = { kind: string; id: string }

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/{id}/transfer/preview': { post: Call<{ to?: string }, TransferPlan, Path> }
    '/api/v1/records/{kind}/{id}/transfer': { post: Call<Transfer, { item: Item; parts: Part[] }, Path, never, IfMatch> }
    '/api/v1/records/{kind}/{id}/merge': { post: Call<{ with: string; version: number; take: string[] }, MergedRecord, Path, never, IfMatch> }
    '/api/v1/records/{kind}/{id}/merged': { get: Call<never, { kind: string; id: string; title?: string }, Path> }
    '/api/v1/merges/{id}/undo': { post: Call<never, Item, { id: string }> }
    '/api/v1/records/{kind}/looked-after': { post: Call<{ fields: Record<string, Value> }, { looked_after: boolean }, { kind: string }> }
    '/api/v1/records/{kind}/ask-head': { post: Call<{ fields: Record<string, Value>; note: string }, undefined, { kind: string }> }
  }
}

/** A record in other hands, or made of two, is nothing that the lists know. */
const changed = () => queries.invalidateQueries({ queryKey: ['records'] })

export const useTransferPlan = (kind: string, id: string, to: string | undefined) =>
  useQuery({
    queryKey: ['records', kind, 'one', id, 'transfer', to],
    queryFn: () =>
      body(http.POST('/api/v1/records/{kind}/{id}/transfer/preview', { params: { path: { kind, id } }, body: to ? { to } : {} })),
    gcTime: 0,
    retry: false,
  })

export const useTransfer = (kind: string, id: string) =>
  useMutation({
    mutationFn: ({ version, ...ask }: Transfer & { version: number }) =>
      body(
        http.POST('/api/v1/records/{kind}/{id}/transfer', {
          params: { path: { kind, id }, header: { 'If-Match': `"${version}"` } },
          body: ask,
        }),
      ),
    onSuccess: changed,
  })

export const useMerge = (kind: string, id: string) =>
  useMutation({
    mutationFn: ({ version, other, take }: { version: number; other: Item; take: string[] }) =>
      body(
        http.POST('/api/v1/records/{kind}/{id}/merge', {
          params: { path: { kind, id }, header: { 'If-Match': `"${version}"` } },
          body: { with: other.id, version: other.version, take },
        }),
      ),
    onSuccess: async ({ item }) => {
      await keep(recordQuery(kind, id).queryKey, item)
      return changed()
    },
  })

export const undoMerge = async (id: string) => {
  const item = await body(http.POST('/api/v1/merges/{id}/undo', { params: { path: { id } } }))
  await changed()
  return item
}

/** Where a record went that is there no more; asked only once it was not found. */
export const useMergedInto = (kind: string, id: string) =>
  useQuery({
    queryKey: ['merged', kind, id],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/{id}/merged', { params: { path: { kind, id } } })),
    retry: false,
    gcTime: 0,
  })

export const useLookedAfter = (kind: string) =>
  useMutation({
    mutationFn: (fields: Record<string, Value>) =>
      body(http.POST('/api/v1/records/{kind}/looked-after', { params: { path: { kind } }, body: { fields } })),
  })

export const useAskHead = (kind: string) =>
  useMutation({
    mutationFn: (ask: { fields: Record<string, Value>; note: string }) =>
      body(http.POST('/api/v1/records/{kind}/ask-head', { params: { path: { kind } }, body: ask })),
  })
