import { useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import type { AssignmentDocument, Rule } from './policytypes'
import type { Choice, Label } from './types'

// Packs as they are in force, the pieces of which new ones are made, and what packs hang on.

export interface PackRule {
  rule: Rule
  sentence: Label
  scene: Label
}

export interface Pack {
  id: string
  label: Label
  description: Label
  system: string[]
  rules: PackRule[]
  custom?: boolean
}

/** A described piece: one rule with its sentence, from a preset pack or a sharing template. */
export interface Block {
  id: string
  label: Label
  sentence: Label
  scene: Label
  group: string
  group_label: Label
  kind: string
  rule: unknown
}

export interface PersonAppointment {
  id: string
  person: { id: string; name: string }
  unit: { id: string; name: string }
  position: Choice
  from: string
  until?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/packs': { get: Call<never, { items: Pack[] }> }
    '/api/v1/policy/assignments': { get: Call<never, { items: AssignmentDocument[] }> }
    '/api/v1/policy/blocks': { get: Call<never, { items: Block[] }> }
    '/api/v1/org/positions': { get: Call<never, { items: Choice[] }> }
    '/api/v1/org/appointments': { get: Call<never, { items: PersonAppointment[] }, never, { person?: string }> }
  }
}

export const usePacks = () => useQuery({ queryKey: ['policy', 'packs'], queryFn: () => body(http.GET('/api/v1/policy/packs')) })

export const useAssignments = () =>
  useQuery({ queryKey: ['policy', 'assignments'], queryFn: () => body(http.GET('/api/v1/policy/assignments')) })

export const useBlocks = (enabled = true) =>
  useQuery({
    queryKey: ['policy', 'blocks'],
    queryFn: () => body(http.GET('/api/v1/policy/blocks')),
    staleTime: 5 * 60_000,
    enabled,
  })

export const usePositions = () =>
  useQuery({ queryKey: ['org', 'positions'], queryFn: () => body(http.GET('/api/v1/org/positions')), staleTime: 60_000 })

export const useAppointmentsOf = (person: string | undefined) =>
  useQuery({
    queryKey: ['org', 'appointments', person],
    queryFn: () => body(http.GET('/api/v1/org/appointments', { params: { query: { person } } })),
    enabled: Boolean(person),
  })
