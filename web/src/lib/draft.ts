// The form's side of a record: what was typed, as text, and the wire value it stands for.

export type Wire = string | number | boolean | string[] | { lat: number; lng: number } | null

export interface DraftField {
  type: string
  required?: boolean
}

/** What stands in a form control: text, a set, or the two halves of a place. */
export type Draft = string | string[] | boolean | { lat: string; lng: string } | undefined

export type Fault = 'missing' | 'number' | 'integer' | 'money' | 'coordinates'

export function toDraft(field: DraftField, value: Wire | undefined): Draft {
  if (value === null || value === undefined) return field.type === 'choices' ? [] : undefined
  if (Array.isArray(value) || typeof value === 'boolean') return value
  if (typeof value === 'object') return { lat: String(value.lat), lng: String(value.lng) }
  return String(value)
}

const decimal = /^-?\d+(\.\d+)?$/

/** Full-width digits and thousands separators are how people paste numbers. */
const numeral = (text: string) =>
  text.trim().normalize('NFKC').replaceAll(',', '').replace(/^[¥$€£]/u, '')

export function toWire(field: DraftField, draft: Draft): { value: Wire } | { fault: Fault } {
  const blank =
    draft === undefined ||
    (typeof draft === 'string' && draft.trim() === '') ||
    (Array.isArray(draft) && draft.length === 0)
  if (blank) {
    if (field.required) return { fault: 'missing' }
    return { value: field.type === 'choices' ? [] : null }
  }
  if (Array.isArray(draft) || typeof draft === 'boolean') return { value: draft }
  if (typeof draft === 'object') return place(draft, field.required ?? false)
  switch (field.type) {
    case 'int':
      return /^-?\d{1,15}$/.test(numeral(draft)) ? { value: Number(numeral(draft)) } : { fault: 'integer' }
    case 'number':
      return decimal.test(numeral(draft)) ? { value: Number(numeral(draft)) } : { fault: 'number' }
    case 'money':
      return /^-?\d+(\.\d{1,4})?$/.test(numeral(draft)) ? { value: numeral(draft) } : { fault: 'money' }
    default:
      return { value: draft }
  }
}

function place({ lat, lng }: { lat: string; lng: string }, required: boolean): { value: Wire } | { fault: Fault } {
  if (lat.trim() === '' && lng.trim() === '') return required ? { fault: 'missing' } : { value: null }
  const [y, x] = [lat, lng].map((half) => (decimal.test(numeral(half)) ? Number(numeral(half)) : Number.NaN))
  const valid = y !== undefined && x !== undefined && Math.abs(y) <= 90 && Math.abs(x) <= 180
  return valid ? { value: { lat: y, lng: x } } : { fault: 'coordinates' }
}

/** Whether two wire values say the same. */
export function same(a: Wire | undefined, b: Wire | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

/**
 * Sorts the fields somebody changed by what has happened to them meanwhile: `clash` where the
 * other side changed them too, to something else, `mine` where it did not.
 */
export function compare(base: Record<string, Wire>, mine: Record<string, Wire>, theirs: Record<string, Wire>) {
  const clash: string[] = []
  const free: string[] = []
  for (const name of Object.keys(mine)) {
    if (same(mine[name], theirs[name])) continue
    if (same(base[name], theirs[name])) free.push(name)
    else clash.push(name)
  }
  return { clash, free }
}

// What was typed and not saved, kept in memory while its writer is elsewhere in the program; gone
// with the page, and with the session.
const kept = new Map<string, Record<string, Draft>>()

export const keptDraft = (key: string): Record<string, Draft> | undefined => kept.get(key)

export function keepDraft(key: string, draft: Record<string, Draft> | undefined) {
  if (draft && Object.keys(draft).length > 0) kept.set(key, draft)
  else kept.delete(key)
}

export const dropDrafts = () => kept.clear()
