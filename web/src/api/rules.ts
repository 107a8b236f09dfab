import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import type { PathKind, Rule } from './policytypes'
import type { Choice, Field, Label } from './types'

// What rules can name, the rules that were written, and sharing rules to begin with.

export interface RuleField extends Pick<Field, 'name' | 'label' | 'type' | 'class' | 'format' | 'choices' | 'ref'> {
  custom: boolean
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
}

/** A rule as the server lists it, with its sentence. */
export interface WrittenRule {
  rule: Rule
  sentence: Label
  problem?: string
}

export interface SharingTemplate {
  id: string
  label: Label
  description: Label
  scene: Label
  rule: Omit<Rule, 'id'>
}

interface Get<Answer> {
  get: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    responses: { 200: { content: { 'application/json': Answer } } }
  }
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/kinds': Get<{ items: RuleKind[] }>
    '/api/v1/policy/rules': Get<{ items: WrittenRule[] }>
    '/api/v1/policy/sharings': Get<{ items: SharingTemplate[] }>
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

export const useSharings = () =>
  useQuery({
    queryKey: ['policy', 'sharings'],
    queryFn: () => body(http.GET('/api/v1/policy/sharings')),
    select: (answer) => answer.items,
  })
