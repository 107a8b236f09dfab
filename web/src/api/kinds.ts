import { queryOptions, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import type { Choice, Field, Kind } from './types'

export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: () => body(http.GET('/api/v1/kinds')),
  staleTime: 5 * 60_000,
  select: (answer) => answer.items,
})

export const useKinds = () => useQuery(kindsQuery)

export const fieldOf = (kind: Kind, name: string): Field | undefined => kind.fields.find((f) => f.name === name)

/** The codes of the stages in which a record's course ended so, or (open) has not. Companies have their own. */
export const stagesThat = (kind: Kind, ...ends: (NonNullable<Choice['outcome']> | 'open')[]): string[] =>
  (kind.stages ?? []).filter((stage) => ends.includes(stage.outcome ?? 'open')).map((stage) => stage.code)

/** Whether nothing is left to do with a record in its stage, as far as one sees it. */
export const hasEnded = (kind: Kind, stage: unknown) => kind.stages?.find((one) => one.code === stage)?.outcome !== undefined
