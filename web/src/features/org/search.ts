export interface OrgSearch {
  unit?: string
  q?: string
}

/** Reads a URL that anybody may have written. */
export function validateOrgSearch(raw: Record<string, unknown>): OrgSearch {
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined
  return { unit: text(raw.unit), q: text(raw.q) }
}
