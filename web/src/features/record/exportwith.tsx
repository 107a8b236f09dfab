import type { ExportPlan } from '@/api/jobs'
import type { Kind, Label, Total } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** What can stand beside a record in its document: a list that is not empty, or what was said. */
export interface Part {
  key: string
  /** Of a list; comments have none. */
  relation?: string
  label?: Label
  total?: Total
  held: boolean
  closed: boolean
  chosen: boolean
}

const said = 'comments'

/** What stands beside the record, in the order of its page. */
export function partsOf(kind: Kind, plan: ExportPlan, wanted: (key: string) => boolean): Part[] {
  const lists = (plan.related ?? []).flatMap((part) => {
    if (part.total?.count === 0) return []
    const key = `list-${part.relation}`
    const label = kind.relations.find((r) => r.name === part.relation)?.label
    return [{ key, relation: part.relation, label, total: part.total, held: part.held !== undefined, closed: part.left_out, chosen: !part.left_out && wanted(key) }]
  })
  if (plan.comments === undefined || !kind.fields.some((f) => f.class === 'communication')) return lists
  const closed = plan.comments === 'closed'
  return [...lists, { key: said, held: plan.comments === 'held', closed, chosen: !closed && wanted(said) }]
}

function usePartName() {
  const { t, pick } = useText()
  return (part: Part) => (part.label ? pick(part.label) : t('jobs.record.comments'))
}

/** Chooses what goes along. */
export function RecordWith({ parts, onChoose }: { parts: Part[]; onChoose: (key: string, yes: boolean) => void }) {
  const { t, format } = useText()
  const nameOf = usePartName()
  const open = parts.filter((part) => !part.closed)
  if (open.length === 0) return <p className="muted">{t('jobs.record.alone')}</p>
  return (
    <fieldset className="record-with">
      <legend>{t('jobs.record.with')}</legend>
      {open.map((part) => (
        <label key={part.key}>
          <input type="checkbox" checked={part.chosen} onChange={(event) => onChoose(part.key, event.target.checked)} />
          <span>
            {part.total
              ? t(part.total.capped ? 'jobs.record.listMore' : 'jobs.record.list', { name: nameOf(part), count: part.total.count, n: format.integer(part.total.count) })
              : nameOf(part)}
            {part.held && <span className="tag warn">{t('jobs.record.needs')}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Says what is masked, left out or held, before it is ordered. */
export function RecordSays({ kind, plan, parts }: { kind: Kind; plan: ExportPlan; parts: Part[] }) {
  const { t, pick } = useText()
  const nameOf = usePartName()
  const between = t('jobs.between')
  const fields = (levels: (level: string) => boolean) =>
    plan.fields
      .filter((f) => levels(f.level))
      .map((f) => {
        const known = kind.fields.find((one) => one.name === f.name)
        return known ? pick(known.label) : f.name
      })
      .join(between)
  const masked = fields((level) => level !== 'plain' && level !== 'hidden')
  const hidden = fields((level) => level === 'hidden')
  const closed = parts.filter((part) => part.closed).map(nameOf)
  const held = [plan.held ? t('jobs.record.self') : '', ...parts.filter((part) => part.chosen && part.held).map(nameOf)].filter(Boolean)
  const says = [
    masked && { icon: 'lock' as const, text: t('jobs.record.masked', { fields: masked }) },
    hidden && { icon: 'lock' as const, text: t('jobs.saysHidden', { fields: hidden }) },
    closed.length > 0 && { icon: 'lock' as const, text: t('jobs.record.leftOut', { what: closed.join(between) }) },
    held.length > 0 && { icon: 'shield' as const, text: t('jobs.record.held', { what: held.join(between) }) },
    plan.related?.some((part) => part.partial && !part.left_out) && { icon: 'info' as const, text: t('jobs.saysPartial') },
  ].filter((one) => typeof one === 'object')
  return (
    <ul className="record-says">
      {says.map((one) => (
        <li key={one.text}>
          <Icon name={one.icon} />
          <span>{one.text}</span>
        </li>
      ))}
    </ul>
  )
}
