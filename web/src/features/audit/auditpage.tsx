import { useAuditSeal } from '@/api/auditlog'
import { hasFailed, isRefused } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { AuditEntries } from './auditentries'
import type { AuditSearch } from './search'
import { RetentionPanel } from './retentionpanel'
import { SealPanel } from './sealpanel'
import './audit.css'

interface Props {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}

/** The audit log for who may audit: what stands in it, how it is sealed, and whether it still is what was sealed. */
export default function AuditPage({ search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('audit.title'))
  const seal = useAuditSeal()
  if (hasFailed(seal)) return <Failure page={isRefused(seal.error)} error={seal.error} onRetry={() => void seal.refetch()} />
  return (
    <div className="audit-page">
      <h1>{t('audit.title')}</h1>
      <p className="muted">{t('audit.lead')}</p>
      {seal.data ? <SealPanel seal={seal.data} /> : <BoneRows rows={5} />}
      {seal.data && <RetentionPanel />}
      {seal.data && <AuditEntries search={search} onSearch={onSearch} />}
    </div>
  )
}
