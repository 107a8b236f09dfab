/** Where a rule stands in its time. */
export const ruleTimes = ['open', 'ahead', 'ended'] as const
export type RuleTime = (typeof ruleTimes)[number]

export interface RulesSearch {
  /** The rule that is open. */
  rule?: string
  q?: string
  kind?: string
  effect?: 'permit' | 'forbid'
  from?: 'written' | 'packs'
  person?: string
  time?: RuleTime
}

const text = (raw: unknown): string | undefined => (typeof raw === 'string' && raw !== '' ? raw : typeof raw === 'number' ? String(raw) : undefined)

export const validateRulesSearch = (raw: Record<string, unknown>): RulesSearch => ({
  rule: text(raw.rule),
  q: text(raw.q),
  kind: text(raw.kind),
  effect: raw.effect === 'permit' || raw.effect === 'forbid' ? raw.effect : undefined,
  from: raw.from === 'written' || raw.from === 'packs' ? raw.from : undefined,
  person: text(raw.person),
  time: ruleTimes.find((one) => one === raw.time),
})

export interface VersionsSearch {
  from?: number
  to?: number
}

const number = (raw: unknown): number | undefined => (Number.isInteger(Number(raw)) && Number(raw) > 0 ? Number(raw) : undefined)

export const validateVersionsSearch = (raw: Record<string, unknown>): VersionsSearch => ({ from: number(raw.from), to: number(raw.to) })
