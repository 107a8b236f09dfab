// Days as people name them, "2026-03-01", in the time zone of who looks.

const pad = (n: number) => String(n).padStart(2, '0')

export const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`

/** Noon is on the same day in every zone and through every change of the clocks. */
export const noon = (day: string): Date => new Date(`${day}T12:00:00`)

export function plusDays(day: string, n: number): string {
  const at = noon(day)
  at.setDate(at.getDate() + n)
  return dayOf(at)
}

/** The same day of another month, or the last there is. */
export function plusMonths(day: string, n: number): string {
  const at = noon(day)
  const date = at.getDate()
  at.setDate(1)
  at.setMonth(at.getMonth() + n)
  const last = new Date(at.getFullYear(), at.getMonth() + 1, 0).getDate()
  at.setDate(Math.min(date, last))
  return dayOf(at)
}

/** The Monday of its week. */
export const mondayOf = (day: string): string => plusDays(day, -((noon(day).getDay() + 6) % 7))

export const days = (from: string, n: number): string[] => Array.from({ length: n }, (_, i) => plusDays(from, i))

/** The six weeks in which a month stands. */
export const monthDays = (day: string): string[] => days(mondayOf(`${day.slice(0, 7)}-01`), 42)

/** The day on which a value of a date or time field falls here. */
export const dayOfValue = (value: string, type: string): string => (type === 'date' ? value.slice(0, 10) : dayOf(new Date(value)))

/** CEL for 'from this day until before that one'. */
export function within(field: { name: string; type: string }, from: string, until: string): string {
  const begin = (day: string) => `timestamp('${field.type === 'date' ? `${day}T00:00:00Z` : new Date(`${day}T00:00:00`).toISOString()}')`
  return `r.${field.name} >= ${begin(from)} && r.${field.name} < ${begin(until)}`
}
