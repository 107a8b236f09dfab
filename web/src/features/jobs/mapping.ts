import type { ImportColumn, ImportField, ImportPreview } from '@/api/jobs'

// How the columns of a table lead to fields, while somebody decides it.

export interface Led {
  /** By place of the column: the field, empty for left out. */
  fields: string[]
  key: string
  keepEmpty: boolean
  /** Rows that would be a second record of the same are left out. */
  distinct: boolean
  /** The pool that new records are put into; none: they are whose the table says, or who imports. */
  pool?: string
}

/** Whether new records can be put into a pool: no column says whose they are. */
export const poolable = (preview: ImportPreview, led: Led) =>
  preview.fields.some((f) => f.name === 'pool' && !f.locked) && !led.fields.includes('pool') && !led.fields.includes('owner')


/** The kinds of which one asks whether there is one already: two contacts may well have one name. */
export const distinguished = (kind: string) => kind === 'customer' || kind === 'contact'


export const ledOf = (preview: ImportPreview): Led => ({
  fields: preview.columns.map((c) => c.field ?? ''),
  key: preview.key ?? preview.fields.find((f) => f.key && f.name !== 'id' && preview.columns.some((c) => c.field === f.name && c.confidence === 'exact') && f.name !== 'name')?.name ?? '',
  keepEmpty: true,
  distinct: preview.kind === 'customer',
})

export type Wrong = { code: 'double'; field: string } | { code: 'missing'; fields: ImportField[] } | { code: 'nothing' } | { code: 'blank' }

/** What does not fit yet; a table that updates alone need not fill every required field. */
export function wrongOf(preview: ImportPreview, led: Led): Wrong[] {
  const used = led.fields.filter((name) => name !== '')
  const wrong: Wrong[] = []
  for (const name of new Set(used)) {
    const parts = preview.columns.filter((_, i) => led.fields[i] === name)
    const halves = new Set(parts.map((c) => c.part).filter(Boolean))
    if (parts.length > 1 && halves.size < parts.length) wrong.push({ code: 'double', field: name })
  }
  if (used.length === 0) wrong.push({ code: 'nothing' })
  const missing = preview.fields.filter((f) => f.required && !f.locked && !used.includes(f.name))
  if (led.key === '' && missing.length > 0) wrong.push({ code: 'missing', fields: missing })
  return wrong
}

/** The mapping as the server reads it. */
export function mappingOf(preview: ImportPreview, led: Led): string {
  const columns: object[] = []
  const ignore: string[] = []
  preview.columns.forEach((column: ImportColumn, i) => {
    const field = preview.fields.find((f) => f.name === led.fields[i])
    if (column.heading === '') return
    if (!field) ignore.push(column.heading)
    else {
      const same = column.field === field.name
      columns.push({ column: column.heading, field: field.name, by: (same ? column.by : field.by) || undefined, part: (same && column.part) || undefined })
    }
  })
  return JSON.stringify({
    kind: preview.kind,
    key: led.key || undefined,
    columns,
    ignore,
    keep_empty: led.keepEmpty || undefined,
    distinct: (led.distinct && distinguished(preview.kind)) || undefined,
    constants: led.pool && poolable(preview, led) ? { pool: led.pool } : undefined,
  })
}
