import { reach } from './reach'
import { ApiError, toProblem } from './problem'

// A staff list on its way in: one sheet with people, units and positions.

export interface StaffJob {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  problems?: { row: number; column?: string; code: string; detail: string; params?: Record<string, unknown> }[]
  problem?: { code: string; errors?: { at?: string; code: string }[] }
  errors_url?: string
}

export interface StaffSheet {
  rows: number
  columns: { heading: string; field?: string }[]
  fields: { name: string; label: { zh: string; en: string }; required: boolean }[]
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await reach(new Request(new URL(path, location.origin), init))
  const found: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok) throw new ApiError(toProblem(found, answer))
  return found as T
}

const formOf = (parts: Record<string, string>, file: File) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.append(name, value)
  form.append('file', file)
  return form
}

/** Looks at the headings of a staff list. */
export const lookAtStaff = (file: File) =>
  ask<StaffSheet>('/api/v1/imports/preview', { method: 'POST', body: formOf({ kind: 'staff' }, file) })

/** The required fields that no column fills. */
export const lacking = (sheet: StaffSheet) =>
  sheet.fields.filter((field) => field.required && !sheet.columns.some((column) => column.field === field.name))

function mappingOf(sheet: StaffSheet, makeUnits: boolean) {
  const columns = sheet.columns.filter((c) => c.field && c.heading.trim() !== '')
  const ignore = sheet.columns.filter((c) => !c.field && c.heading.trim() !== '').map((c) => c.heading)
  return JSON.stringify({
    kind: 'staff',
    columns: columns.map((c) => ({ column: c.heading, field: c.field })),
    ...(ignore.length > 0 ? { ignore } : {}),
    ...(makeUnits ? { constants: { create_units: 'true' } } : {}),
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Sends a staff list, to try it or in earnest, and waits for its end. */
export async function sendStaff(file: File, sheet: StaffSheet, run: boolean, makeUnits: boolean, told: (job: StaffJob) => void) {
  const parts = { kind: 'staff', mode: run ? 'run' : 'dry', mapping: mappingOf(sheet, makeUnits) }
  let job = await ask<StaffJob>('/api/v1/imports', { method: 'POST', body: formOf(parts, file) })
  for (let wait = 150; job.status === 'queued' || job.status === 'running'; wait = Math.min(wait * 1.5, 1500)) {
    told(job)
    await pause(wait)
    job = await ask<StaffJob>(`/api/v1/imports/${job.id}`)
  }
  return job
}
