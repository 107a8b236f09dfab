import type { Asked, AskedMass, Source } from '@/api/requests'
import type { Label } from '@/api/types'
import type { Text } from '@/lib/usetext'

/** How long, in days where it is whole days. */
export const hoursText = (t: Text['t'], hours: number) => (hours % 24 === 0 ? t('requests.days', { count: hours / 24, n: hours / 24 }) : t('requests.hours', { count: hours, n: hours }))

/** What exactly would be given, as a sentence. */
export function askedText({ t, pick }: Text, r: Asked): string {
  const kind = pick(r.kind_label)
  if (r.type === 'export') return t('requests.says.export', { who: r.asker.name, kind, format: r.export?.format.toUpperCase() ?? '' })
  const record = r.record?.title ? t('requests.says.titled', { kind, title: r.record.title }) : t('requests.says.untitled', { kind })
  if (r.type === 'transfer') return t('requests.says.transfer', { record, to: r.transfer?.to.name ?? '' })
  if (r.type === 'change') return t('requests.says.change', { record, who: r.asker.name })
  const who = r.asker.name
  if (r.type === 'create') return t('requests.says.create', { kind, who })
  if (r.type === 'delete') return t('requests.says.delete', { record, who })
  if (r.pool?.many) return t(`requests.says.many.${r.pool.action}`, { kind, who, to: r.pool.to?.name ?? '' })
  if (r.pool) return t(`requests.says.${r.pool.action}`, { record, who, to: r.pool.to?.name ?? '' })
  if (r.mass) return t(`requests.says.${massDoes(r.mass)}`, { kind, who, to: r.mass.to?.name ?? '' })
  return t(r.edit ? 'requests.says.edit' : 'requests.says.read', {
    who: r.asker.name,
    record,
    fields: r.fields.map((f) => pick(f.label)).join(t('requests.between')),
    time: hoursText(t, r.hours ?? 0),
  })
}

const massDoes = (mass: AskedMass) => (mass.action === 'delete' ? 'massDelete' : mass.to ? 'massTransfer' : 'mass')

/** What it is about, in a line of a list. */
export function titleText({ t, pick }: Text, r: Asked): string {
  const kind = pick(r.kind_label)
  if (r.type === 'export') return t('requests.titles.export', { kind })
  if (r.type === 'transfer') return t('requests.titles.transfer', { what: r.record?.title || kind, to: r.transfer?.to.name ?? '' })
  if (r.type === 'change') {
    return t('requests.titles.change', { what: r.record?.title || kind, fields: r.change?.fields.map((f) => pick(f.label)).join(t('requests.between')) ?? '' })
  }
  const what = r.record?.title || kind
  if (r.type === 'create') return t('requests.titles.create', { kind })
  if (r.type === 'delete') return t('requests.titles.delete', { what })
  if (r.pool?.many) return t(`requests.titles.many.${r.pool.action}`, { kind, to: r.pool.to?.name ?? '' })
  if (r.pool) return t(`requests.titles.${r.pool.action}`, { what, to: r.pool.to?.name ?? '' })
  if (r.mass) return t(`requests.titles.${massDoes(r.mass)}`, { kind, to: r.mass.to?.name ?? '' })
  return t(r.edit ? 'requests.titles.edit' : 'requests.titles.read', { what: r.record?.title || kind, fields: r.fields.map((f) => pick(f.label)).join(t('requests.between')) })
}

/** Who decides, by what they are. */
export function sourceText({ t, pick }: Text, by: Source & { label?: Label }): string {
  const name = by.label ? pick(by.label) : ''
  switch (by.type) {
    case 'position':
      return t('requests.sources.position', { name })
    case 'pack':
      return t('requests.sources.pack', { name })
    case 'person':
      return name
    default:
      return t(`requests.sources.${by.type}`)
  }
}
