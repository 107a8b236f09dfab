import type { Figure, FigureBar } from '@/api/figures'

/** The currency that most of the groups are in; the others stand in the table. */
export function mainCurrency(groups: Figure[]): string {
  const counts = new Map<string, number>()
  for (const group of groups) {
    for (const currency of Object.keys(group.sum ?? {})) counts.set(currency, (counts.get(currency) ?? 0) + group.count)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** What a group weighs in a chart. */
export const weight = (group: FigureBar | undefined, currency: string | undefined): number =>
  group === undefined ? 0 : currency === undefined ? group.count : Number(group.sum?.[currency] ?? 0)

/** A number as people here say it: 12.3 万, 4.5 亿; thousands and millions in English. */
export function shortNumber(value: number, lang: string): string {
  return new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: Math.abs(value) >= 1e4 ? 1 : 0 }).format(value)
}
