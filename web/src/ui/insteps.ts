import type { Range } from '@tanstack/react-virtual'

const rowsAtOnce = 4

/**
 * Rows come and go by the four, at both ends at once: most of what a change of the document costs
 * does not grow with it.
 */
export function inSteps({ startIndex, endIndex, overscan, count }: Range) {
  const up = (n: number) => Math.ceil(n / rowsAtOnce) * rowsAtOnce
  const from = Math.max(0, up(startIndex - overscan) - rowsAtOnce)
  // What is in sight is now one row more, now one less.
  const to = Math.min(count, from + up(endIndex - startIndex + 2 + 2 * overscan) + rowsAtOnce)
  return Array.from({ length: to - from }, (_, i) => from + i)
}
