import { useCallback } from 'react'
import { fieldOf } from '@/api/kinds'
import { problemOf } from '@/api/problem'
import type { Field, Gate, Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { fieldState, isBlank, mayEdit } from '@/permission/access'
import { itemText, useProblemText } from '@/permission/problemtext'

// What stands before a stage, told before somebody lets go of a card. The server asks it again.

export const gateOf = (kind: Kind, stage: string): Gate | undefined => kind.gates?.find((gate) => gate.stage === stage)

export interface Passage {
  /** No way leads there from where the record is. */
  barred?: string[]
  /** Must be filled in first. */
  lacks: Field[]
  /** Some of these only somebody else can fill in. */
  locked: boolean
}

/** What keeps a record from a stage; undefined when nothing does. */
export function passage(kind: Kind, item: Item, to: string): Passage | undefined {
  const gate = gateOf(kind, to)
  const from = item.fields.stage
  if (!gate || from === to) return undefined
  if (typeof from === 'string' && (gate.shut || (gate.from.length > 0 && !gate.from.includes(from)))) {
    return { barred: gate.from, lacks: [], locked: false }
  }
  const names = gate.needs.filter((name) => {
    const state = fieldState(item, name)
    return state.is !== 'plain' || isBlank(state.value)
  })
  if (names.length === 0) return undefined
  return {
    lacks: names.flatMap((name) => fieldOf(kind, name) ?? []),
    locked: names.some((name) => !mayEdit(item, name)),
  }
}

/** The fields that the gates of a kind look at: a card must know them. */
export const gateFields = (kind: Kind): string[] => [...new Set((kind.gates ?? []).flatMap((gate) => gate.needs))]

const stageName = (kind: Kind, code: string, pick: (label: { zh: string; en: string }) => string) => {
  const stage = kind.stages?.find((s) => s.code === code)
  return stage ? pick(stage.label) : code
}

/** Says what stands before a stage. */
export function usePassageText(kind: Kind) {
  const { t, pick } = useText()
  return useCallback(
    (to: string, way: Passage): string => {
      const stage = stageName(kind, to, pick)
      if (way.barred?.length === 0) return t('lists.gate.shut', { stage })
      if (way.barred) {
        return t('lists.gate.barred', { stage, from: way.barred.map((code) => stageName(kind, code, pick)).join(t('lists.comma')) })
      }
      const fields = way.lacks.map((field) => pick(field.label)).join(t('lists.comma'))
      return t(way.locked ? 'lists.gate.locked' : 'lists.gate.needs', { stage, fields })
    },
    [kind, t, pick],
  )
}

/** Says why a write was refused: by the gate with its fields, else by the mistakes or the problem. */
export function useRefusal(kind: Kind) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const passageText = usePassageText(kind)
  return useCallback(
    (error: unknown): string => {
      const problem = problemOf(error)
      const params = (problem.params ?? {}) as Record<string, unknown>
      if (problem.code === 'stage_gate' && typeof params.stage === 'string') {
        const names = Array.isArray(params.fields) ? (params.fields as string[]) : []
        const barred = Array.isArray(params.from) ? (params.from as string[]) : undefined
        return passageText(params.stage, { barred, lacks: names.flatMap((name) => fieldOf(kind, name) ?? []), locked: false })
      }
      const first = problem.errors?.[0]
      const field = first?.at ? fieldOf(kind, first.at.replace(/^(body\.)?fields\./, '')) : undefined
      const text = (first && (itemText(t, first) ?? first.detail)) ?? problemText(error)
      return field ? t('lists.fieldFault', { field: pick(field.label), text }) : text
    },
    [kind, t, pick, problemText, passageText],
  )
}
