import type { Field, Kind } from '@/api/types'

const widths: Record<string, number> = {
  text: 150,
  int: 100,
  number: 110,
  money: 140,
  date: 120,
  time: 150,
  bool: 80,
  ref: 140,
  choice: 110,
  choices: 170,
  place: 170,
}

const formats: Record<string, number> = { email: 220, url: 200, multiline: 240, phone: 150 }

export const widthOf = (field: Field, title: boolean) =>
  title ? 240 : (formats[field.format ?? ''] ?? widths[field.type] ?? 140)

export const isEnd = (field: Field) => ['int', 'number', 'money'].includes(field.type)

/** The width that was set, else one that fits the type. */
export const widthIn = (set: Record<string, number> | undefined, field: Field, title: boolean) => set?.[field.name] ?? widthOf(field, title)

/** The fields a list shows: as chosen in the URL, else the kind's own; the title always first. */
export function columnsOf(kind: Kind, chosen: string | undefined): Field[] {
  const names = chosen ? chosen.split(',') : kind.columns
  const order = [kind.title, ...names.filter((name) => name !== kind.title)]
  return order.flatMap((name) => kind.fields.find((f) => f.name === name) ?? [])
}
