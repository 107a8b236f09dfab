import type { AuditGroup } from '@/api/auditlog'
import { auditGroups } from '@/api/choices'

/** What the audit log is asked, as the link of the page has it. */
export interface AuditSearch {
  person?: string
  /** Of the person, as the page that linked here called them. */
  name?: string
  kind?: string
  record?: string
  export?: string
  group?: AuditGroup
  /** Days, the last one included. */
  from?: string
  until?: string
}

const idOf = (raw: unknown) => ((typeof raw === 'string' || typeof raw === 'number') && /^\d{1,16}$/.test(String(raw)) ? String(raw) : undefined)
const dayOf = (raw: unknown) => (typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw) && !Number.isNaN(Date.parse(raw)) ? raw : undefined)
const textOf = (raw: unknown) => (typeof raw === 'string' && raw.length <= 100 ? raw : undefined)

/** Reads a URL that anybody may have written. */
export function validateAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const record = idOf(raw.record)
  const kind = record && typeof raw.kind === 'string' && /^[a-z_]{1,40}$/.test(raw.kind) ? raw.kind : undefined
  return {
    person: idOf(raw.person),
    name: idOf(raw.person) ? textOf(raw.name) : undefined,
    kind,
    record: kind && record,
    export: kind ? undefined : idOf(raw.export),
    group: auditGroups.find((group) => group === raw.group),
    from: dayOf(raw.from),
    until: dayOf(raw.until),
  }
}

/** The days as instants of the reader's own time zone: until is the beginning of the day after. */
export function windowOf({ from, until }: AuditSearch) {
  const midnight = (day: string, later: number) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
    return new Date(year, month - 1, date + later).toISOString()
  }
  return { from: from && midnight(from, 0), until: until && midnight(until, 1) }
}

/** About whom or what personal data is erased. */
export function validateEraseSearch(raw: Record<string, unknown>): { kind?: string; record?: string } {
  const { kind, record } = validateAuditSearch(raw)
  return { kind, record }
}
