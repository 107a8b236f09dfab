import { describe, expect, it } from 'vitest'
import { endingAfter, localText, momentsOf } from './grantwindow'

const at = (span: 'hours' | 'today' | 'week' | 'custom', now: Date, from = '', until = '') => momentsOf({ span, from, until }, now)

describe('the window of a grant', () => {
  const wednesday = new Date(2026, 2, 11, 15, 30)
  it('ends after two hours, with the day, or with the week', () => {
    expect(at('hours', wednesday)).toEqual({ until: new Date(2026, 2, 11, 17, 30).toISOString() })
    expect(at('today', wednesday)).toEqual({ until: new Date(2026, 2, 12).toISOString() })
    expect(at('week', wednesday)).toEqual({ until: new Date(2026, 2, 16).toISOString() })
    expect(at('week', new Date(2026, 2, 15, 12))).toEqual({ until: new Date(2026, 2, 16).toISOString() })
  })
  it('offers only what ends later than a moment', () => {
    const sunday = new Date(2026, 2, 15, 22, 26)
    expect(endingAfter(new Date(2026, 2, 11, 17), wednesday)).toEqual(['hours', 'today', 'week', 'custom'])
    expect(endingAfter(new Date(2026, 2, 12, 9), wednesday)).toEqual(['week', 'custom'])
    expect(endingAfter(new Date(2026, 2, 16, 0, 25), sunday)).toEqual(['hours', 'custom'])
    expect(endingAfter(new Date(2026, 2, 16), new Date(2026, 2, 15, 12))).toEqual(['custom'])
  })
  it('is of one’s own, with a beginning or without', () => {
    const until = localText(new Date(2026, 3, 1, 8, 5))
    expect(until).toBe('2026-04-01T08:05')
    expect(at('custom', wednesday, '', until)).toEqual({ until: new Date(2026, 3, 1, 8, 5).toISOString() })
    expect(at('custom', wednesday, '2026-03-20T00:00', until)).toEqual({ from: new Date(2026, 2, 20).toISOString(), until: new Date(2026, 3, 1, 8, 5).toISOString() })
    expect(at('custom', wednesday)).toBeUndefined()
  })
})
