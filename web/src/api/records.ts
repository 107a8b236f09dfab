import { keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { keep, queries } from './freshness'
import { holding } from './held'
import type { Item, ListQuery, Value } from './types'

export const pageSize = 50

/** The pages of a list; counting happens once, with the first page. */
export const useList = (kind: string, query: ListQuery, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['records', kind, 'list', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        http.GET('/api/v1/records/{kind}', {
          params: {
            path: { kind },
            query: {
              // What is scrolled far comes in larger pages.
              limit: pageParam === '' ? pageSize : pageSize * 4,
              ...query,
              ...(pageParam === '' ? { count: 'capped' as const } : { cursor: pageParam, count: 'none' as const }),
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    // Coming back to the window does not read again page by page what somebody scrolled through.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= 4,
    enabled,
  })

/** A first page alone: related lists and pickers. */
export const shortList = (kind: string, query: ListQuery) =>
  queryOptions({
    queryKey: ['records', kind, 'short', query],
    queryFn: () => body(http.GET('/api/v1/records/{kind}', { params: { path: { kind }, query } })),
  })

export const useShortList = (kind: string, query: ListQuery, enabled = true) =>
  useQuery({ ...shortList(kind, query), placeholderData: keepPreviousData, enabled })

export const recordQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['records', kind, 'one', id],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/{id}', { params: { path: { kind, id } } })),
  })

export const useRecord = (kind: string, id: string) => useQuery(recordQuery(kind, id))

/** The title of a record that somebody chose; undefined while it is not known. */
export const useRecordTitle = (kind: string, id: string | undefined): string | undefined =>
  useQuery({ ...recordQuery(kind, id ?? ''), enabled: Boolean(id), select: (item) => item.title }).data

/** Reads a record past the cache: what stands in the database now, for a merge. */
export const readRecord = (kind: string, id: string) => queries.fetchQuery({ ...recordQuery(kind, id), staleTime: 0 })

const changed = async (kind: string, item?: Item) => {
  if (item) await keep(recordQuery(kind, item.id).queryKey, item)
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'records' && queryKey[2] !== 'one',
  })
}

type Fields = Record<string, Value>

export const useCreate = (kind: string, onSent?: () => void) =>
  useMutation({
    mutationFn: (fields: Fields) =>
      holding({ does: 'create', kind, fields }, body(http.POST('/api/v1/records/{kind}', { params: { path: { kind } }, body: { fields } })), onSent),
    onSuccess: (item) => changed(kind, item),
  })

export const useSave = (kind: string, id: string) =>
  useMutation({
    mutationFn: ({ version, fields }: { version: number; fields: Fields }) =>
      holding(
        { does: 'edit', kind, record: id, version, fields },
        body(
          http.PATCH('/api/v1/records/{kind}/{id}', {
            params: { path: { kind, id }, header: { 'If-Match': `"${version}"` } },
            body: { fields },
          }),
        ),
      ),
    onSuccess: (item) => changed(kind, item),
  })

export const useDelete = (kind: string, id: string) =>
  useMutation({
    mutationFn: (version: number) =>
      holding(
        { does: 'delete', kind, record: id, version },
        body(
          http.DELETE('/api/v1/records/{kind}/{id}', {
            params: { path: { kind, id }, header: { 'If-Match': `"${version}"` } },
          }),
        ),
      ),
    onSuccess: () => {
      queries.removeQueries({ queryKey: recordQuery(kind, id).queryKey })
      return changed(kind)
    },
  })
