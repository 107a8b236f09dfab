import { useAuditSeal } from '@/api/auditlog'
import { hasFailed, isRefused } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { CodeTrace } from '@/permission/codetrace'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { SealPanel } from './sealpanel'
import './audit.css'

/** The audit log for who may audit: how it is sealed, and whether it still is what was sealed. */
export default function AuditPage() {
  const { t } = useText()
  useTitle(t('audit.title'))
  const seal = useAuditSeal()
  if (hasFailed(seal)) return <Failure page={isRefused(seal.error)} error={seal.error} onRetry={() => void seal.refetch()} />
  return (
    <div className="audit-page">
      <h1>{t('audit.title')}</h1>
      <p className="muted">{t('audit.lead')}</p>
      {seal.data ? <SealPanel seal={seal.data} /> : <BoneRows rows={5} />}
      <CodeTrace />
    </div>
  )
}
