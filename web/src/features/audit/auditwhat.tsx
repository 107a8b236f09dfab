import type { AuditItem } from '@/api/auditlog'
import { auditGroups } from '@/api/choices'
import { fieldOf, useKinds } from '@/api/kinds'
import type { Value } from '@/api/types'
import { useValueText } from '@/fields/value'
import { useText } from '@/lib/usetext'

/** Which fields were shown or changed, and from what to what where the reader may see it. */
export function AuditFields({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const text = useValueText()
  if (item.fields.length === 0) return null
  const kind = kinds.data?.find((one) => one.name === item.kind)
  const lines = item.fields.map(({ name, label }) => {
    const field = kind && fieldOf(kind, name)
    const words = label.zh ? pick(label) : name
    const change = item.changes?.find((one) => one.field === name)
    if (!field || !change || change.masked || change.withheld) return words
    const choices = name === 'stage' && !field.choices ? kind.stages : field.choices
    const said = (value: Value | undefined) =>
      field.type === 'ref' && typeof value === 'string' ? (change.titles?.[value] ?? `#${value}`) : text({ ...field, choices }, value ?? null)
    return t('audit.fromTo', { field: words, old: said(change.old), new: said(change.new) })
  })
  return (
    <details>
      <summary>{t('audit.fields', { count: lines.length, n: format.number(lines.length) })}</summary>
      {item.changes ? <Lines lines={lines} /> : lines.join(t('audit.comma'))}
    </details>
  )
}

const ops = ['added', 'changed', 'removed'] as const
const parts = ['rule', 'pack', 'assignment'] as const

/** Which parts of the rules came, changed or went. */
export function AuditParts({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const list = item.changed ?? []
  if (list.length === 0) return null
  const lines = list.map((one) =>
    t('audit.changedPart', {
      op: t(`audit.ops.${ops.find((op) => op === one.op) ?? 'changed'}`),
      part: t(`audit.parts.${parts.find((part) => part === one.part) ?? 'rule'}`),
      name: one.label?.zh ? pick(one.label) : one.id,
    }),
  )
  return (
    <details>
      <summary>{t('audit.changedParts', { count: list.length, n: format.number(list.length) })}</summary>
      <Lines lines={lines} />
    </details>
  )
}

/** What a search of the log was of. */
export function AuditAsked({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const { asked } = item
  if (!asked) return null
  const kind = kinds.data?.find((one) => one.name === asked.kind)
  const group = auditGroups.find((one) => one === asked.group)
  const said = [
    asked.person && (asked.person.name || `#${asked.person.id}`),
    asked.record && t('audit.asked.record', { kind: kind ? pick(kind.label) : asked.kind, id: asked.record }),
    asked.export && t('audit.ofExport', { id: asked.export }),
    group && t(`audit.groups.${group}`),
    asked.from && t('audit.asked.from', { at: format.moment(asked.from) }),
    asked.until && t('audit.asked.until', { at: format.moment(asked.until) }),
  ].filter(Boolean)
  return <> {said.length > 0 ? said.join(t('audit.comma')) : t('audit.asked.everything')}</>
}

const Lines = ({ lines }: { lines: string[] }) => (
  <ul className="audit-lines">
    {lines.map((line, i) => (
      <li key={`${i} ${line}`}>{line}</li>
    ))}
  </ul>
)
