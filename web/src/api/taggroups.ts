import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import type { ConditionProblem } from './conditions'
import { fieldsKey } from './customfields'
import { queries } from './freshness'
import type { Cond } from './policytypes'
import type { Choice, FieldClass, Label } from './types'

// Groups of tags: fields of a kind whose choices are tags, set by hand or kept by rules.

export const tagColours = ['blue', 'green', 'gold', 'red', 'purple', 'cyan', 'grey'] as const
export type TagColour = (typeof tagColours)[number]

export interface TagWindow {
  mode: 'this' | 'past' | 'each' | 'ago' | 'ahead'
  unit: 'day' | 'month' | 'quarter' | 'year'
  from?: number
  to?: number
}

export interface TagTerm {
  relation?: string
  where?: Cond
  /** That with the latest date lies in the window. */
  last?: boolean
  sum?: string
  currency?: string
  date?: string
  window?: TagWindow
  op?: 'eq' | 'gt' | 'ge' | 'lt' | 'le'
  value?: string
}

export interface TagRule {
  tag: string
  when?: Cond
  terms?: TagTerm[]
}

export interface GroupParts {
  type: 'choice' | 'choices'
  label: Label
  class: FieldClass
  choices: Choice[]
  group: { colour: TagColour; rules?: TagRule[]; tells?: FieldClass[] }
}

export interface TagGroup extends GroupParts {
  kind: string
  key: string
  version: number
}

export interface TagOutlook {
  matching?: { count: number; capped: boolean; few: boolean; personal: boolean }
  sentence?: Label
  problem?: ConditionProblem
  tells: { kind: string; field: string; label: Label; class: FieldClass }[]
}

export interface TagRun {
  id: string
  kind: string
  why: 'daily' | 'changed' | 'asked'
  status: 'queued' | 'running' | 'done' | 'cancelled'
  total: number
  looked: number
  changed: number
  by?: { id: string; name: string }
  created_at: string
  finished_at?: string
  /** Groups that have yet to be derived for the first time: rules that name them decide nothing by them till then. */
  awaits?: string[]
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/tags/try': { post: Call<{ kind: string; rule: TagRule }, TagOutlook> }
    '/api/v1/policy/tags/runs/{kind}': { delete: Call<never, undefined, { kind: string }> }
    '/api/v1/policy/tags/runs': { get: Call<never, { items: TagRun[] }>; post: Call<{ kind: string }, TagRun> }
  }
}

const runsKey = ['policy', 'tag-runs']

/** The groups of all kinds. */
export const useTagGroups = () =>
  useQuery({
    queryKey: fieldsKey,
    queryFn: () => body(http.GET('/api/v1/policy/fields')),
    select: (answer) => answer.items.filter((f): f is TagGroup => f.group !== undefined),
  })

/** Of how many records a rule holds; nothing is asked while there is none. */
export const useTagOutlook = (asked: { kind: string; rule: TagRule } | undefined) =>
  useQuery({
    queryKey: ['policy', 'tag-try', asked],
    queryFn: ({ signal }) => body(http.POST('/api/v1/policy/tags/try', { body: asked as { kind: string; rule: TagRule }, signal })),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })

export const isDeriving = (run: TagRun) => run.status === 'queued' || run.status === 'running'

export const useTagRuns = () =>
  useQuery({
    queryKey: runsKey,
    queryFn: () => body(http.GET('/api/v1/policy/tags/runs')),
    select: (answer) => answer.items,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.items.some(isDeriving) ? 700 : false),
  })

export const useRunTags = (kind: string) =>
  useMutation({
    mutationFn: (what: 'begin' | 'cancel') =>
      what === 'begin'
        ? body(http.POST('/api/v1/policy/tags/runs', { body: { kind } })).then(() => undefined)
        : body(http.DELETE('/api/v1/policy/tags/runs/{kind}', { params: { path: { kind } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: runsKey }),
  })
