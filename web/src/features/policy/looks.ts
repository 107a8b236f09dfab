import type { Matrix, MatrixCell, MatrixWay, MatrixWho } from '@/api/matrix'
import type { PathKind } from '@/api/policytypes'
import type { useText } from '@/lib/usetext'

// How a cell looks: a sign, a short word and a shade, each of which says the same as the others;
// and the whole of it in words for who cannot see it.

export interface Look {
  text: string
  shade: string
  label: string
}

type Translate = ReturnType<typeof useText>['t']

const width: Record<PathKind, number> = {
  all: 9,
  headed: 7,
  unit_below: 6,
  units: 5,
  unit: 4,
  near: 3,
  linked: 3,
  pool: 3,
  team: 2,
  own: 1,
}

const sign = (path: PathKind): string => (width[path] === 9 ? '●' : width[path] >= 4 ? '◑' : '○')
const shadeOf = (path: PathKind): string => (width[path] === 9 ? 'wide' : width[path] >= 4 ? 'part' : 'own')

/** The ways by path, the widest first; a path that is there without a condition needs none. */
function byPath(ways: MatrixWay[]): { path: PathKind; when: boolean }[] {
  const paths = [...new Set(ways.map((w) => w.path))].sort((a, b) => width[b] - width[a])
  return paths.map((path) => ({ path, when: ways.filter((w) => w.path === path).every((w) => w.when) }))
}

function actionLook(t: Translate, cell: MatrixCell, system: boolean): Look {
  const ways = byPath(cell.ways ?? [])
  const first = ways[0]
  if (!first) {
    const closed = cell.closed ? t(`policy.cell.closed.${cell.closed}`) : t('policy.cell.none')
    return { text: cell.closed ? '⊘' : '–', shade: cell.closed ? 'shut' : 'none', label: closed }
  }
  if (system) return { text: `● ${t('policy.cell.has')}`, shade: 'wide', label: t('policy.cell.has') }
  const short: Record<string, string> = t('policy.short', { returnObjects: true })
  const paths: Record<string, string> = t('policy.paths', { returnObjects: true })
  const words = ways.map((w) => (w.when ? t('policy.cell.when', { path: paths[w.path] ?? w.path }) : (paths[w.path] ?? w.path)))
  if (cell.barred) words.push(t('policy.cell.barred'))
  const marks = `${ways.length > 1 ? `+${ways.length - 1}` : ''}${first.when ? '*' : ''}${cell.barred ? '⊘' : ''}`
  return { text: `${sign(first.path)} ${short[first.path] ?? first.path}${marks}`, shade: shadeOf(first.path), label: words.join(t('policy.cell.comma')) }
}

const levelSign = { plain: '●', mixed: '◑', masked: '◌', hidden: '○' } as const
const levelShade = { plain: 'wide', mixed: 'part', masked: 'own', hidden: 'hid' } as const

function fieldLook(t: Translate, cell: MatrixCell): Look {
  if (!cell.level) {
    const closed = cell.closed ? t(`policy.cell.closed.${cell.closed}`) : t('policy.cell.unreadable')
    return { text: cell.closed ? '⊘' : '–', shade: cell.closed ? 'shut' : 'none', label: closed }
  }
  const words = [t(`policy.levels.${cell.level}`)]
  if (cell.edit) words.push(t(`policy.cell.edit.${cell.edit}`))
  if (cell.barred) words.push(t('policy.cell.barred'))
  const marks = `${cell.edit ? ' ✎' : ''}${cell.edit === 'some' ? '*' : ''}`
  return { text: `${levelSign[cell.level]} ${t(`policy.levels.${cell.level}`)}${marks}`, shade: levelShade[cell.level], label: words.join(t('policy.cell.comma')) }
}

/** One look for each different cell; those of administration stand after the others. */
export function looksOf(t: Translate, matrix: Matrix): { plain: Look[]; system: Look[] } {
  const plain = matrix.cells.map((cell) => (matrix.part === 'fields' ? fieldLook(t, cell) : actionLook(t, cell, false)))
  return { plain, system: matrix.part === 'fields' ? plain : matrix.cells.map((cell) => actionLook(t, cell, true)) }
}

export const whoKey = (who: MatrixWho): string =>
  who.person ? `u${who.person}` : `${who.position ? `p${who.position}` : ''}${who.unit ? `n${who.unit}` : ''}`

/** What a cell gives, sources aside: equal for cells between which nobody could tell a difference. */
export const giving = ({ ways, closed, barred, level, edit }: MatrixCell): string =>
  JSON.stringify([ways?.map((w) => [w.path, w.relation, w.via, w.when]), closed, barred, level, edit])

/** The rows in their order, but those that are like most others in everything after the rest. */
export function telling(matrix: Matrix): number[] {
  const texts = matrix.cells.map(giving)
  const usual = matrix.columns.map((_, c) => {
    const counts = new Map<string, number>()
    for (const row of matrix.rows) {
      const text = texts[row.cells[c] ?? -1] ?? ''
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
  })
  const special = matrix.rows.map((row) => row.cells.some((cell, c) => texts[cell] !== usual[c]))
  const all = matrix.rows.map((_, i) => i)
  return [...all.filter((i) => special[i]), ...all.filter((i) => !special[i])]
}

/** The columns in which two rows differ. */
export function differing(matrix: Matrix, a: number, b: number): Set<number> {
  const texts = matrix.cells.map(giving)
  const [x, y] = [matrix.rows[a]?.cells ?? [], matrix.rows[b]?.cells ?? []]
  return new Set(matrix.columns.flatMap((_, i) => (texts[x[i] ?? -1] !== texts[y[i] ?? -1] ? [i] : [])))
}

/** The cells, as "row column", in which a matrix differs from another of the same people. */
export function changedCells(now: Matrix, before: Matrix | undefined): Set<string> {
  const out = new Set<string>()
  if (!before || before.part !== now.part || before.columns.length !== now.columns.length) return out
  const [new_, old] = [now.cells.map(giving), before.cells.map(giving)]
  const rows = new Map(before.rows.map((row) => [whoKey(row.who), row]))
  now.rows.forEach((row, r) => {
    const was = rows.get(whoKey(row.who))
    if (!was) return
    row.cells.forEach((cell, c) => {
      if (new_[cell] !== old[was.cells[c] ?? -1]) out.add(`${r} ${c}`)
    })
  })
  return out
}
