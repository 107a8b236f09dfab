import { expect, it } from 'vitest'
import { inSteps } from './insteps'

/** What stands in the document while 1,000 rows pass a box of 22 and a half. */
function passing() {
  return Array.from({ length: 977 }, (_, startIndex) => {
    const endIndex = Math.min(startIndex + 22 + (startIndex % 2), 999)
    return { startIndex, endIndex, rows: inSteps({ startIndex, endIndex, overscan: 4, count: 1000 }) }
  })
}

it('holds every row in sight, and some on either side', () => {
  for (const { startIndex, endIndex, rows } of passing()) {
    expect(rows[0]).toBeLessThanOrEqual(Math.max(0, startIndex - 4))
    expect(rows.at(-1)).toBeGreaterThanOrEqual(Math.min(999, endIndex + 4))
    expect(rows.length).toBeLessThanOrEqual(40)
  }
})

it('changes at both ends at once, and once in four rows', () => {
  const seen = passing().map(({ rows }) => `${rows[0]}–${rows.at(-1)}`)
  const changes = seen.filter((now, i) => i > 0 && now !== seen[i - 1]).length
  expect(changes).toBeLessThanOrEqual(977 / 4)
})

it('has nothing to hold in an empty list, and all of a short one', () => {
  expect(inSteps({ startIndex: 0, endIndex: 0, overscan: 4, count: 0 })).toEqual([])
  expect(inSteps({ startIndex: 0, endIndex: 2, overscan: 4, count: 3 })).toEqual([0, 1, 2])
})
