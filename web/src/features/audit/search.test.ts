import { describe, expect, it } from 'vitest'
import { validateAuditSearch, windowOf } from './search'

describe('the link of the audit log', () => {
  it('keeps what it can ask and drops the rest', () => {
    expect(validateAuditSearch({ person: 7, name: '林达', group: 'exports', from: '2026-03-01', until: '2026-13-41', kind: 'customer', export: '9', other: 1 })).toEqual({
      person: '7',
      name: '林达',
      kind: undefined,
      record: undefined,
      export: '9',
      group: 'exports',
      from: '2026-03-01',
      until: undefined,
    })
    expect(validateAuditSearch({ kind: 'customer', record: '5', export: '9', person: "1' OR", name: 'x' })).toMatchObject({ kind: 'customer', record: '5', export: undefined, person: undefined, name: undefined })
    expect(validateAuditSearch({ record: '5' })).toMatchObject({ record: undefined })
  })

  it('ends with its last day, also at the end of a month', () => {
    const { from, until } = windowOf({ from: '2026-01-31', until: '2026-01-31' })
    expect(new Date(until ?? '').getTime() - new Date(from ?? '').getTime()).toBe(24 * 3600_000)
    expect(windowOf({})).toEqual({ from: undefined, until: undefined })
  })
})
