export interface FieldsSearch {
  kind?: string
  /** The field that is open, "new" for one that is being made. */
  field?: string
}

export const validateFieldsSearch = (search: Record<string, unknown>): FieldsSearch => ({
  kind: typeof search.kind === 'string' && /^[a-z_]+$/.test(search.kind) ? search.kind : undefined,
  field: typeof search.field === 'string' && /^c_[a-z0-9_]+$|^new$/.test(search.field) ? search.field : undefined,
})
