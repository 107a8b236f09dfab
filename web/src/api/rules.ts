import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Mask, PathKind, Rule } from './policytypes'
import type { Choice, Field, FieldClass, Label } from './types'

// What rules can name, the rules that were written, and templates to begin with.

export interface RuleField extends Pick<Field, 'name' | 'label' | 'type' | 'class' | 'format' | 'choices' | 'ref' | 'encrypted'> {
  custom: boolean
  /** Of tags. */
  group?: boolean
  /** That suit it, from the least to the most open. */
  masks: `masked:${Mask}`[]
  /** Its own, where a rule names none. */
  mask: `masked:${Mask}`
  /** What `masks` leave of a value such as the field holds, in their order. */
  examples: string[]
  required?: boolean
  search?: boolean
}

export interface RuleKind {
  name: string
  label: Label
  plural: Label
  fields: RuleField[]
  stages: Choice[]
  relations: { name: string; label: Label; kind: string; many: boolean; always: boolean }[]
  actions: { code: string; label: Label }[]
  paths: PathKind[]
  /** The classes whose texts the search finds. */
  searched: FieldClass[]
}

/** A rule as the server lists it, with its sentence. */
export interface WrittenRule {
  rule: Rule
  sentence: Label
  problem?: string
}

/** A rule of a template speaks of whoever holds a pack in `for` ('*': everyone), but for `except`. */
export interface TemplateRule {
  rule: Omit<Rule, 'id'>
  scene: Label
  for: string[]
  except: string[]
}

export const templateGroups = ['sharing', 'scenes', 'tags', 'stages', 'dates', 'fields'] as const

export interface RuleTemplate {
  id: string
  group: (typeof templateGroups)[number]
  label: Label
  description: Label
  rules: TemplateRule[]
  /** Its rules end so many days after they are taken into a draft. */
  days?: number
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/kinds': { get: Call<never, { items: RuleKind[] }> }
    '/api/v1/policy/rules': { get: Call<never, { items: WrittenRule[] }> }
    '/api/v1/policy/rules/{rule}/end': {
      post: {
        parameters: { query?: never; header?: never; path: { rule: string }; cookie?: never }
        requestBody: { content: { 'application/json': { until?: string } } }
        responses: { 200: { content: { 'application/json': WrittenRule } } }
      }
    }
    '/api/v1/policy/templates': { get: Call<never, { items: RuleTemplate[] }> }
  }
}

export const useRuleKinds = () =>
  useQuery({
    queryKey: ['policy', 'kinds'],
    queryFn: () => body(http.GET('/api/v1/policy/kinds')),
    staleTime: 5 * 60_000,
    select: (answer) => answer.items,
  })

export const useRules = () =>
  useQuery({
    queryKey: ['policy', 'rules'],
    queryFn: () => body(http.GET('/api/v1/policy/rules')),
    select: (answer) => answer.items,
  })

/** Brings the end of a rule forward; without `until` to now. Everybody's access may have changed then. */
export const useEndRule = () =>
  useMutation({
    mutationFn: ({ id, ...end }: { id: string; until?: string }) => body(http.POST('/api/v1/policy/rules/{rule}/end', { params: { path: { rule: id } }, body: end })),
    onSuccess: () => queries.invalidateQueries(),
  })

export const useTemplates = () =>
  useQuery({
    queryKey: ['policy', 'templates'],
    queryFn: () => body(http.GET('/api/v1/policy/templates')),
    staleTime: 5 * 60_000,
    select: (answer) => answer.items,
  })
