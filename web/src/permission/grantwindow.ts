// From when until when: what is chosen most often with one press, or two moments of one's own.

export const spans = ['hours', 'today', 'week', 'custom'] as const
export type Span = (typeof spans)[number]

export interface Window {
  span: Span
  /** As a field of a form holds them: local time without a zone. */
  from: string
  until: string
}

const pad = (n: number) => String(n).padStart(2, '0')

/** A moment as `<input type=datetime-local>` holds it. */
export const localText = (at: Date): string =>
  `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`

/** What ends after a moment; a moment of one's own always can. */
export function endingAfter(moment: Date, now: Date): Span[] {
  return spans.filter((span) => {
    const moments = momentsOf({ span, from: '', until: '' }, now)
    return !moments || new Date(moments.until) > moment
  })
}

/** The moments of a window, with the zone's offset gone into them; undefined while they are not filled in. */
export function momentsOf(window: Window, now: Date): { from?: string; until: string } | undefined {
  if (window.span === 'hours') return { until: new Date(now.getTime() + 2 * 3600_000).toISOString() }
  if (window.span !== 'custom') {
    // By the calendar and not by adding hours: a day is not always 24 of them.
    const days = window.span === 'today' ? 1 : 8 - (now.getDay() || 7)
    return { until: new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString() }
  }
  const until = new Date(window.until)
  const from = new Date(window.from)
  if (Number.isNaN(until.getTime())) return undefined
  return { ...(Number.isNaN(from.getTime()) ? {} : { from: from.toISOString() }), until: until.toISOString() }
}
