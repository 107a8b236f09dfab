import { useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// The stages of a kind as a company wants them, and what speaks of each.

export type Outcome = 'won' | 'lost' | 'over'

export interface StageParts {
  code: string
  label: Label
  retired?: boolean
  outcome?: Outcome
  /** A record may come from every stage; else from these alone. */
  anywhere?: boolean
  from?: string[]
  needs?: string[]
}

export interface StageUse {
  what: 'rule' | 'pack' | 'pool' | 'routing' | 'tag'
  name: string
  id?: string
}

export interface Stages {
  version: number
  kind: string
  stages: StageParts[]
  used: Record<string, StageUse[]>
  /** Come with the product and cannot be left out. */
  fixed: string[]
}

interface Kinded {
  path: { kind: string }
  query?: never
  header?: never
  cookie?: never
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/stages/{kind}': {
      get: { parameters: Kinded; responses: { 200: { content: { 'application/json': Stages } } } }
      put: {
        parameters: { path: { kind: string }; header: { 'If-Match': string }; query?: never; cookie?: never }
        requestBody?: { content: { 'application/json': { stages: StageParts[]; confirm?: boolean } } }
        responses: { 200: { content: { 'application/json': Stages } } }
      }
    }
  }
}

const keyOf = (kind: string) => ['stages', kind]

export const useStages = (kind: string) =>
  useQuery({ queryKey: keyOf(kind), queryFn: () => body(http.GET('/api/v1/policy/stages/{kind}', { params: { path: { kind } } })) })

export const usePutStages = (kind: string) =>
  useMutation({
    mutationFn: ({ version, stages, confirm }: { version: number; stages: StageParts[]; confirm?: boolean }) =>
      body(
        http.PUT('/api/v1/policy/stages/{kind}', {
          params: { path: { kind }, header: { 'If-Match': `"${version}"` } },
          body: { stages, confirm },
        }),
      ),
    onSuccess: (written) => {
      queries.setQueryData(keyOf(kind), written)
      void queries.invalidateQueries({ queryKey: ['kinds'] })
      void queries.invalidateQueries({ queryKey: ['policy', 'kinds'] })
    },
  })
