import { queryOptions, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import type { Field, Kind } from './types'

export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: () => body(http.GET('/api/v1/kinds')),
  staleTime: 5 * 60_000,
  select: (answer) => answer.items,
})

export const useKinds = () => useQuery(kindsQuery)

export const fieldOf = (kind: Kind, name: string): Field | undefined => kind.fields.find((f) => f.name === name)
