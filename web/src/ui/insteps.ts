import type { Range } from '@tanstack/react-virtual'

const rowsAtOnce = 4

/**
 * For one list: its rows come and go by the four, at both ends at once. Most of what a change of
 * the document costs does not grow with it.
 */
export function inSteps() {
  // What is in sight is now one row more, now one less, as rows stand across its edges. Only
  // another size of the window changes how many rows are held.
  let inSight = 0
  return ({ startIndex, endIndex, overscan, count }: Range) => {
    const span = endIndex - startIndex
    // At the end of the list fewer are in sight; they are held as any others.
    if (span > inSight || (span < inSight - 1 && endIndex < count - 1)) inSight = span
    const up = (n: number) => Math.ceil(n / rowsAtOnce) * rowsAtOnce
    const from = Math.max(0, up(startIndex - overscan) - rowsAtOnce)
    const to = Math.min(count, from + up(inSight + 1 + 2 * overscan) + rowsAtOnce)
    return Array.from({ length: to - from }, (_, i) => from + i)
  }
}
