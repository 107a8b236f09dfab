/** What the dashboard shows is in its URL. */
export interface DashboardSearch {
  /** Of what time; this month when absent. */
  period?: 'quarter' | 'year'
  /** Only what is one's own. */
  whose?: 'mine'
}

/** Reads a URL that anybody may have written. */
export function validateDashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  return {
    period: raw.period === 'quarter' || raw.period === 'year' ? raw.period : undefined,
    whose: raw.whose === 'mine' ? 'mine' : undefined,
  }
}
