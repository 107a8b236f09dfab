import type { FieldRule } from '@/api/policytypes'
import type { OpenPool, PoolMember, PoolSettings, PoolStanding } from '@/api/pools'

/** A pool as somebody edits it. */
export interface PoolDraft {
  name: string
  open: PoolMember[]
  settings: PoolSettings
}

export const newDraft: PoolDraft = { name: '', open: [], settings: {} }

export const draftOf = (pool: OpenPool, standing: PoolStanding): PoolDraft => ({
  name: pool.name,
  open: pool.open ?? [],
  settings: standing.settings ?? {},
})

export const sameRule = (a: FieldRule, b: Pick<FieldRule, 'class' | 'field'>) => a.class === b.class && a.field === b.field

/** What is sent: without what says nothing. */
export function toSend({ settings }: PoolDraft): PoolSettings {
  const hidden = settings.hidden ?? []
  const shown = settings.shown_to ?? []
  return {
    ...settings,
    hidden: hidden.length > 0 ? hidden : undefined,
    shown_to: hidden.length > 0 && shown.length > 0 ? shown : undefined,
  }
}

export type Lack = 'name' | 'condition' | 'recycle' | 'warning'

/** What keeps the draft from being saved. */
export function lackOf({ name, settings }: PoolDraft, conditionReady: boolean): Lack | undefined {
  if (name.trim() === '') return 'name'
  if (!conditionReady) return 'condition'
  const recycle = settings.recycle
  if (!recycle) return undefined
  const { idle_days: idle = 0, deal_days: deal = 0, warn_days: warn = 0 } = recycle
  if (idle === 0 && deal === 0 && !recycle.leavers) return 'recycle'
  return [idle, deal].some((days) => days !== 0 && warn >= days) ? 'warning' : undefined
}
