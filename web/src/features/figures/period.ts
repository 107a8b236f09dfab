// Calendar days of the company, which lives by the clock of China: what the figures are cut by.

const hours8 = 8 * 3_600_000
const day = 86_400_000

/** A day as "2026-11-22". */
const text = (at: Date) => at.toISOString().slice(0, 10)

export const today = (now: number): string => text(new Date(now + hours8))

/** The day so many days after another. */
export const daysAfter = (from: string, days: number): string => text(new Date(Date.parse(`${from}T00:00:00Z`) + days * day))

export type Period = 'month' | 'quarter' | 'year'

/** The first day of the period that now stands in, or of one so many before it. */
export function startOf(period: Period, now: number, before = 0): string {
  const at = new Date(now + hours8)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  if (period === 'year') return text(new Date(Date.UTC(year - before, 0, 1)))
  if (period === 'quarter') return text(new Date(Date.UTC(year, Math.floor(month / 3) * 3 - 3 * before, 1)))
  return text(new Date(Date.UTC(year, month - before, 1)))
}

/** The months up to now, as the figures name them: "2026-03". */
export function lastMonths(count: number, now: number): string[] {
  return Array.from({ length: count }, (_, i) => startOf('month', now, count - 1 - i).slice(0, 7))
}

/** The first day of the month after one. */
export function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return text(new Date(Date.UTC(year, number, 1)))
}
