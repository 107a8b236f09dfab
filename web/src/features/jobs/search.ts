/** What a wizard begins with: a kind, or a file that was sent already. */
export interface ImportSearch {
  kind?: string
  upload?: string
}

/** What an export begins with: a list as its link has it. */
export interface ExportSearch {
  kind?: string
  filter?: string
  q?: string
  sort?: string
  /** It is asked for, also by who may export. */
  ask?: boolean
  /** Of everybody, for who may oversee. */
  of?: 'everybody'
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined)

/** Reads a URL that anybody may have written. */
export const validateImportSearch = (raw: Record<string, unknown>): ImportSearch => ({ kind: text(raw.kind), upload: text(raw.upload) })

export const validateExportSearch = (raw: Record<string, unknown>): ExportSearch => ({
  kind: text(raw.kind),
  filter: text(raw.filter),
  q: text(raw.q),
  sort: text(raw.sort),
  ask: raw.ask === true || undefined,
  of: raw.of === 'everybody' ? 'everybody' : undefined,
})

export const validateHistorySearch = (raw: Record<string, unknown>): Pick<ExportSearch, 'of'> => ({ of: raw.of === 'everybody' ? 'everybody' : undefined })
