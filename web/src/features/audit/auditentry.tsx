import type { ReactNode } from 'react'
import { streamOutcomes } from '@/api/alerts'
import type { AuditItem } from '@/api/auditlog'
import { useText } from '@/lib/usetext'
import { AuditFacts } from './auditfacts'
import { AuditAsked, AuditFields, AuditParts } from './auditwhat'
import { AuditWhy } from './auditwhy'
import { AuditWork } from './auditwork'
import type { AuditSearch } from './search'
import { useAct } from './useact'

const verdicts = ['approve', 'refuse', 'justified', 'unjustified', 'follow_up'] as const
const sandboxActs = ['opened', 'renamed', 'joined', 'left', 'shared', 'withdrawn', 'extended', 'ended', 'statement'] as const
const dids = ['added', 'edited', 'removed'] as const
const exportActs = ['ordered', 'made', 'fetched'] as const

/** What somebody beside the doer is to an act: of whom an emergency is, or whom something of the program's is for; else in whose name it was done. */
const whose = (action: string) => {
  if (action.startsWith('emergency_')) return 'opened'
  return action === 'mail_sent' || action === 'mail_failed' || action === 'report_made' ? 'to' : 'for'
}

/** A press on a name, a record or an export asks of it alone. */
export function AuditEntry({ item, search, onSearch }: { item: AuditItem; search: AuditSearch; onSearch: (search: AuditSearch) => void }) {
  const { t, pick, format } = useText()
  const { person, on_behalf: behalf, record, kind } = item
  const what = kind && item.kind_label?.zh ? pick(item.kind_label) : ''
  const only = (narrow: Partial<AuditSearch>, text: string) => (
    <button type="button" className="audit-only" title={t('audit.only', { what: text })} onClick={() => onSearch({ ...search, ...narrow })}>
      {text}
    </button>
  )
  const act = useAct()(item)
  const device = (['phone', 'computer'] as const).find((one) => one === item.device)
  const channel = (['web', 'api', 'export', 'import', 'job'] as const).find((one) => one === item.channel) ?? 'other'
  const own = item.action === 'token_created' || item.action === 'token_revoked'
  const whence = [t(`audit.channels.${channel}`), device && t(`audit.devices.${device}`), item.address, item.token && !own && t('audit.token', { id: item.token })].filter(Boolean)
  const verdict = verdicts.find((one) => one === item.verdict)
  const inBox = item.action === 'sandbox_changed' && sandboxActs.find((one) => one === item.operation)
  const exported = item.action === 'export' && exportActs.find((one) => one === item.operation)
  const did = (item.action === 'commented' || item.action === 'attached') && dids.find((one) => one === item.operation)
  const tried = streamOutcomes.find((one) => one === item.outcome)
  let about: ReactNode = what
  if (record && kind) about = only({ kind, record: record.id, export: undefined }, record.title || `${what} #${record.id}`)
  else if (item.count) about = t('audit.records', { count: item.count, n: format.number(item.count), what })
  return (
    <tr>
      <td className="num">{format.moment(item.at)}</td>
      <td>
        {person ? only({ person: person.id, name: person.name }, person.name || `#${person.id}`) : <span className="muted">{item.job ? t('audit.job') : t('audit.nobody')}</span>}
        {behalf && <span className="muted"> {t(`audit.behalf.${whose(item.action)}`, { name: behalf.name || `#${behalf.id}` })}</span>}
      </td>
      <td>
        <strong>{act}</strong> {about}
        {verdict && <> {t(`audit.verdicts.${verdict}`)}</>}
        {exported && <> {t(`audit.exported.${exported}`)}</>}
        {did && <> {t(`audit.did.${did}`)}</>}
        {inBox && <> {t(`audit.sandbox.${inBox}`)}</>}
        {tried && <> {t(`alerts.try.${tried}`, { status: item.status })}</>}
        {item.name && <> {t(item.before ? 'audit.renamed' : 'audit.named', { before: item.before, name: item.name })}</>}
        {item.export && <> {only({ export: item.export, kind: undefined, record: undefined }, t('audit.ofExport', { id: item.export }))}</>}
        {item.grant && <span className="muted"> {t('audit.grant', { id: item.grant })}</span>}
        {item.request && <span className="muted"> {t('audit.request', { id: item.request })}</span>}
        {item.version !== undefined && <> {t('audit.version', { n: item.version })}</>}
        {item.beside && <span className="muted"> {t('audit.beside')}</span>}
        <AuditAsked item={item} />
        <AuditWork item={item} />
        <AuditFacts item={item} />
        <AuditFields item={item} />
        <AuditParts item={item} />
      </td>
      <td>
        <AuditWhy item={item} />
      </td>
      <td className="muted">{whence.join(' · ')}</td>
    </tr>
  )
}
