export interface OrgSearch {
  unit?: string
  q?: string
  tab?: 'positions' | 'map'
  person?: string
}

/** Reads a URL that anybody may have written. */
export function validateOrgSearch(raw: Record<string, unknown>): OrgSearch {
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined
  const tab = raw.tab === 'positions' || raw.tab === 'map' ? raw.tab : undefined
  return { unit: text(raw.unit), q: text(raw.q), tab, person: text(raw.person) }
}
