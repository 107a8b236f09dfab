// What changed between two sentences, word by word: in Chinese character by character.

export interface Piece {
  op: 'same' | 'out' | 'in'
  text: string
}

const words = (text: string): string[] => text.match(/“[^”]*”|[\p{Script=Latin}\d_]+|\s+|[^]/gu) ?? []

/** The pieces of both sentences in order: what stayed, what went, what came. */
export function wordDiff(before: string, after: string): Piece[] {
  const a = words(before)
  const b = words(after)
  if (a.length * b.length > 250_000) return [{ op: 'out', text: before }, { op: 'in', text: after }]
  // lengths[i][j]: the longest common sequence of a from i and b from j.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = lengths[i]
    if (!row) continue
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const pieces: Piece[] = []
  const push = (op: Piece['op'], text: string) => {
    const last = pieces[pieces.length - 1]
    if (last?.op === op) last.text += text
    else pieces.push({ op, text })
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const x = a[i]
    const y = b[j]
    if (x !== undefined && x === y) {
      push('same', x)
      i++
      j++
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      push('out', x)
      i++
    } else if (y !== undefined) {
      push('in', y)
      j++
    }
  }
  return pieces
}
