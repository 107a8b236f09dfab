import { getRouteApi } from '@tanstack/react-router'
import AuditPage from '@/features/audit/auditpage'

// The audit log between its URL and its page.

const audit = getRouteApi('/shell/audit')

export function AuditRoute() {
  const search = audit.useSearch()
  const navigate = audit.useNavigate()
  return <AuditPage search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
}
