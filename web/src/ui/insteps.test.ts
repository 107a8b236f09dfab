import { expect, it } from 'vitest'
import { inSteps } from './insteps'

/** What stands in the document while 1,000 rows pass a box of as many rows and a half. */
function passing(box: number) {
  const stand = inSteps()
  return Array.from({ length: 1000 - box - 1 }, (_, startIndex) => {
    const endIndex = Math.min(startIndex + box + (startIndex % 2), 999)
    return { startIndex, endIndex, rows: stand({ startIndex, endIndex, overscan: 4, count: 1000 }) }
  })
}

// Every way in which a box can stand to the step.
const boxes = [20, 21, 22, 23]

it.each(boxes)('holds every row in sight, and some on either side (%i)', box => {
  for (const { startIndex, endIndex, rows } of passing(box)) {
    expect(rows[0]).toBeLessThanOrEqual(Math.max(0, startIndex - 4))
    expect(rows.at(-1)).toBeGreaterThanOrEqual(Math.min(999, endIndex + 4))
    expect(rows.length).toBeLessThanOrEqual(40)
  }
})

it.each(boxes)('changes at both ends at once, and once in four rows (%i)', box => {
  const passed = passing(box)
  const seen = passed.map(({ rows }) => `${rows[0]}–${rows.at(-1)}`)
  const changes = seen.filter((now, i) => i > 0 && now !== seen[i - 1]).length
  expect(changes).toBeLessThanOrEqual(passed.length / 4)
})

it('has nothing to hold in an empty list, and all of a short one', () => {
  expect(inSteps()({ startIndex: 0, endIndex: 0, overscan: 4, count: 0 })).toEqual([])
  expect(inSteps()({ startIndex: 0, endIndex: 2, overscan: 4, count: 3 })).toEqual([0, 1, 2])
})

it('holds more in a taller window, and fewer again in a lower one', () => {
  const stand = inSteps()
  const held = (rows: number) => stand({ startIndex: 100, endIndex: 100 + rows, overscan: 4, count: 1000 }).length
  const low = held(10)
  expect(held(40)).toBeGreaterThanOrEqual(low + 28)
  expect(held(10)).toBe(low)
})
