import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import type { Clause, PathKind } from './policytypes'
import type { FieldClass, Label } from './types'

// What the rules leave for positions, units and people, side by side.

/** A person, or somebody who has nothing but a position, a unit, or both. */
export interface MatrixWho {
  position?: string
  unit?: string
  person?: string
}

export interface MatrixWay {
  path: PathKind
  relation?: string
  via?: PathKind
  when?: boolean
}

export interface MatrixCell {
  ways?: MatrixWay[]
  closed?: 'forbid' | 'read'
  barred?: boolean
  level?: 'plain' | 'masked' | 'hidden' | 'mixed'
  edit?: 'some' | 'all'
  sources: number[]
}

export interface MatrixSource {
  rule: string
  effect: 'permit' | 'forbid'
  origin: { type: string; id?: string; name?: string }
  label: Label
  who: Clause[]
}

export interface MatrixColumn {
  kind: string
  action?: string
  field?: string
  class?: FieldClass
  label: Label
}

export interface MatrixRow {
  who: MatrixWho
  label: Label
  login?: string
  cells: number[]
}

export interface Matrix {
  part: MatrixPart
  kinds: { kind: string; label: Label }[]
  columns: MatrixColumn[]
  rows: MatrixRow[]
  cells: MatrixCell[]
  sources: MatrixSource[]
  epoch: number | string
}

export interface MatrixReason extends MatrixSource {
  part: 'permit' | 'covered' | 'bar' | 'guard'
  sentence: Label
  scene: Label
  level?: 'plain' | 'masked' | 'hidden'
  edit?: boolean
  until?: string
}

export interface MatrixWhy {
  who: MatrixWho
  label: Label
  column: MatrixColumn
  cell: MatrixCell
  reasons: MatrixReason[]
  epoch: number | string
}

export type MatrixPart = 'actions' | 'fields'

export interface MatrixQuestion {
  part: MatrixPart
  draft?: string
  positions?: boolean
  rows?: MatrixWho[]
  kinds?: string[]
}

export interface CellQuestion extends MatrixWho {
  draft?: string
  kind: string
  action?: string
  field?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/matrix': { post: Call<MatrixQuestion, Matrix> }
    '/api/v1/policy/matrix/cell': { get: Call<never, MatrixWhy, never, CellQuestion> }
  }
}

export const useMatrix = (question: MatrixQuestion, version = 0, enabled = true) =>
  useQuery({
    queryKey: ['policy', 'matrix', question, version],
    queryFn: () => body(http.POST('/api/v1/policy/matrix', { body: question })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  })

export const useMatrixCell = (question: CellQuestion, version = 0) =>
  useQuery({
    queryKey: ['policy', 'matrix', 'cell', question, version],
    queryFn: () => body(http.GET('/api/v1/policy/matrix/cell', { params: { query: question } })),
  })
