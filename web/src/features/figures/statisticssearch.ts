/** What is asked of the statistics, as it stands in the URL. */
export interface StatisticsSearch {
  kind?: string
  by?: string
  of?: string
  average?: boolean
}

const text = (value: unknown) => (typeof value === 'string' && value.length <= 100 ? value : undefined)

export const validateStatisticsSearch = (raw: Record<string, unknown>): StatisticsSearch => ({
  kind: text(raw.kind),
  by: text(raw.by),
  of: text(raw.of),
  average: raw.average === true ? true : undefined,
})
