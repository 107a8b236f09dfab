import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Mask } from './policytypes'
import type { GroupParts } from './taggroups'
import type { Choice, FieldClass, Label } from './types'

// The fields that the company added to the kinds. A group of tags is one of them.

export const customTypes = ['text', 'number', 'money', 'date', 'choice', 'choices', 'person', 'link'] as const
export type CustomType = (typeof customTypes)[number]

export interface FieldParts {
  type: CustomType
  label: Label
  class: FieldClass
  required?: boolean
  search?: boolean
  /** Said when the field is made, and stays. */
  encrypted?: boolean
  choices?: Choice[]
  /** Of a link: the kind it points at. */
  link?: string
  group?: GroupParts['group']
  /** Where a rule names no mask. */
  mask?: `masked:${Mask}`
}

export interface CustomField extends FieldParts {
  kind: string
  key: string
  version: number
}

export interface FieldAt {
  kind: string
  key: string
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/fields': { get: Call<never, { items: CustomField[] }> }
    '/api/v1/policy/fields/{kind}': { put: Call<{ keys: string[] }, undefined, { kind: string }> }
    '/api/v1/policy/fields/{kind}/{key}': { put: Call<FieldParts, CustomField, FieldAt, never, IfMatch>; delete: Call<never, undefined, FieldAt> }
  }
}

export const fieldsKey = ['policy', 'fields']

export const useCustomFields = () =>
  useQuery({
    queryKey: fieldsKey,
    queryFn: () => body(http.GET('/api/v1/policy/fields')),
    select: (answer) => answer.items,
  })

/** Reads anew what shows fields: the settings first, so that what was made is there. */
function again() {
  void queries.invalidateQueries({ queryKey: ['kinds'] })
  void queries.invalidateQueries({ queryKey: ['records'] })
  return queries.invalidateQueries({ queryKey: ['policy'] })
}

export const usePutField = () =>
  useMutation({
    /** Version 0 is a new field. */
    mutationFn: ({ kind, key, version, parts }: FieldAt & { version: number; parts: FieldParts }) =>
      body(http.PUT('/api/v1/policy/fields/{kind}/{key}', { params: { path: { kind, key }, header: { 'If-Match': String(version) } }, body: parts })),
    onSuccess: again,
  })

export const useDropField = () =>
  useMutation({
    mutationFn: (path: FieldAt) => body(http.DELETE('/api/v1/policy/fields/{kind}/{key}', { params: { path } })),
    onSuccess: () => void again(), // its form is gone once the list is read anew
  })

export const useOrderFields = (kind: string) =>
  useMutation({
    mutationFn: (keys: string[]) => body(http.PUT('/api/v1/policy/fields/{kind}', { params: { path: { kind } }, body: { keys } })),
    onSettled: again,
  })
