import type { ReactNode } from 'react'
import { streamOutcomes } from '@/api/alerts'
import { auditActs, type AuditItem, useAuditEntries } from '@/api/auditlog'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { AuditSearchForm } from './auditsearchform'
import { type AuditSearch, windowOf } from './search'
import '@/ui/logtable.css'

interface Props {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}

/** Who saw or changed this customer, what did this person do, everything on this export. */
export function AuditEntries({ search, onSearch }: Props) {
  const { t, format } = useText()
  const { person, kind, record, export: file, group } = search
  const list = useAuditEntries({ person, kind, record, export: file, group, ...windowOf(search) })
  const archived = list.data?.pages.at(-1)?.archived
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="audit-entries" aria-labelledby="audit-entries">
      <h2 id="audit-entries">{t('audit.find')}</h2>
      <AuditSearchForm search={search} onSearch={onSearch} />
      {list.isPending && <BoneRows rows={6} />}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && !list.hasNextPage && <State icon="search" title={t('audit.nothing')} text={t('audit.nothingText')} />}
      {items.length > 0 && (
        <div className="log-table audit-table" role="region" aria-label={t('audit.list')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(['when', 'who', 'what', 'why', 'whence'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Entry key={item.seq} item={item} search={search} onSearch={onSearch} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {archived && (
        <p className="note" role="note">
          <Icon name="clock" />
          {t('audit.kept.search', { from: format.moment(archived.from), until: format.moment(archived.until) })}
        </p>
      )}
      {list.hasNextPage && (
        <button type="button" className="btn audit-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('audit.older')}
        </button>
      )}
    </section>
  )
}

const verdicts = ['approve', 'refuse', 'justified', 'unjustified', 'follow_up'] as const
const sandboxActs = ['opened', 'renamed', 'joined', 'left', 'shared', 'withdrawn', 'extended', 'ended', 'statement'] as const
const exportActs = ['ordered', 'made', 'fetched'] as const
const recycledWhy = ['warned', 'idle', 'no_deal', 'leaver'] as const

/** A press on a name, a record or an export asks of it alone. */
function Entry({ item, search, onSearch }: Props & { item: AuditItem }) {
  const { t, pick, format } = useText()
  const { person, on_behalf: behalf, record, kind } = item
  const fields = item.fields.map((field) => (field.label.zh ? pick(field.label) : field.name))
  const what = kind && item.kind_label?.zh ? pick(item.kind_label) : ''
  const recycled = item.action === 'recycled' && recycledWhy.find((one) => one === item.code)
  const why = [
    ...item.rules.map((rule) => (rule.scene?.zh ? pick(rule.scene) : rule.id)),
    item.code && (recycled ? t(`audit.recycled.${recycled}`) : t('audit.refusedFor', { code: item.code })),
    item.reason && t('audit.reason', { reason: item.reason }),
  ].filter(Boolean)
  const only = (narrow: Partial<AuditSearch>, text: string) => (
    <button type="button" className="audit-only" title={t('audit.only', { what: text })} onClick={() => onSearch({ ...search, ...narrow })}>
      {text}
    </button>
  )
  const actOf = (action: string) => t(`audit.act.${auditActs.find((one) => one === action) ?? 'other'}`)
  const act = item.action === 'refused' && item.refused ? t('audit.refusedAct', { act: actOf(item.refused) }) : actOf(item.action)
  const device = (['phone', 'computer'] as const).find((one) => one === item.device)
  const channel = (['web', 'api', 'export', 'import', 'job'] as const).find((one) => one === item.channel) ?? 'other'
  const whence = [t(`audit.channels.${channel}`), device && t(`audit.devices.${device}`), item.address].filter(Boolean)
  const verdict = verdicts.find((one) => one === item.verdict)
  const inBox = item.action === 'sandbox_changed' && sandboxActs.find((one) => one === item.operation)
  const exported = item.action === 'export' && exportActs.find((one) => one === item.operation)
  const tried = streamOutcomes.find((one) => one === item.outcome)
  let about: ReactNode = what
  if (record && kind) about = only({ kind, record: record.id, export: undefined }, record.title || `${what} #${record.id}`)
  else if (item.count) about = t('audit.records', { count: item.count, n: format.number(item.count), what })
  return (
    <tr>
      <td className="num">{format.moment(item.at)}</td>
      <td>
        {person ? only({ person: person.id, name: person.name }, person.name || `#${person.id}`) : <span className="muted">{item.job ? t('audit.job') : t('audit.nobody')}</span>}
        {behalf && <span className="muted"> {t('audit.for', { name: behalf.name || `#${behalf.id}` })}</span>}
      </td>
      <td>
        <strong>{act}</strong> {about}
        {verdict && <> {t(`audit.verdicts.${verdict}`)}</>}
        {exported && <> {t(`audit.exported.${exported}`)}</>}
        {inBox && <> {t(`audit.sandbox.${inBox}`)}</>}
        {tried && <> {t(`alerts.try.${tried}`, { status: item.status })}</>}
        {item.name && <> {t(item.before ? 'audit.renamed' : 'audit.named', { before: item.before, name: item.name })}</>}
        {item.export && <> {only({ export: item.export, kind: undefined, record: undefined }, t('audit.ofExport', { id: item.export }))}</>}
        {fields.length > 0 && (
          <details>
            <summary>{t('audit.fields', { count: fields.length, n: format.number(fields.length) })}</summary>
            {fields.join(t('audit.comma'))}
          </details>
        )}
      </td>
      <td>
        {why.slice(0, 2).join(' · ')}
        {why.length > 2 && (
          <details>
            <summary>{t('audit.moreReasons', { n: format.number(why.length - 2) })}</summary>
            {why.slice(2).join(' · ')}
          </details>
        )}
        {item.epoch > 0 && <span className="muted audit-epoch">{t('audit.epoch', { n: item.epoch })}</span>}
      </td>
      <td className="muted">{whence.join(' · ')}</td>
    </tr>
  )
}
