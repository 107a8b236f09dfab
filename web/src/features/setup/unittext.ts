// Units as people write them down: indented lines, or the columns of a spreadsheet.

export interface DraftUnit {
  name: string
  parent: string
  type: string
  depth: number
}

const endings: [RegExp, string][] = [
  [/(门店|店|store|shop)$/i, 'store'],
  [/(校区|campus)$/i, 'campus'],
  [/(大区|区域|片区|区|region|area|district)$/i, 'region'],
  [/(分公司|branch)$/i, 'branch'],
  [/(组|队|小组|team|group)$/i, 'team'],
]

/** The type that a name speaks of; a department where it says nothing. */
export function typeOf(name: string, known: Record<string, string> = {}): string {
  return known[name] ?? endings.find(([ending]) => ending.test(name))?.[1] ?? 'department'
}

/** The column in which a line begins, or the cells of a row. */
function cellsOf(line: string): { depth: number; names: string[] } {
  if (/\S\t+\S/.test(line) || /\S\s*[,，]\s*\S/.test(line)) {
    const cells = line.split(/[\t,，]/).map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const first = cells.findIndex((cell) => cell !== '')
    return { depth: first, names: cells.slice(first).filter((cell) => cell !== '') }
  }
  const indent = /^[\t \u3000]*/.exec(line)?.[0] ?? ''
  const width = [...indent].reduce((sum, c) => sum + (c === ' ' ? 1 : 2), 0)
  return { depth: Math.floor(width / 2), names: [line.trim().replace(/^[-*•·]\s*/, '').replace(/[,，]+$/, '')] }
}

/** Reads lines; a unit that stands twice below the same one is one. */
export function readUnits(text: string, known: Record<string, string> = {}): DraftUnit[] {
  const units: DraftUnit[] = []
  const seen = new Set<string>()
  const above: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const { depth, names } = cellsOf(line)
    above.length = Math.min(depth, above.length)
    for (const raw of names) {
      const name = raw.replaceAll('/', '\uff0f')
      const path = [...above, name].join('/')
      if (!seen.has(path)) {
        units.push({ name, parent: above.join('/'), type: typeOf(name, known), depth: above.length })
        seen.add(path)
      }
      above.push(name)
    }
  }
  return units
}

/** Writes the example of a trade as such lines. */
export const writeUnits = (units: { name: string; depth: number }[]) =>
  units.map((unit) => '  '.repeat(unit.depth - 1) + unit.name).join('\n')
