import { getRouteApi } from '@tanstack/react-router'
import AuditPage from '@/features/audit/auditpage'
import ErasePage from '@/features/audit/erasepage'

// The audit log between its URL and its page.

const audit = getRouteApi('/shell/audit')

export function AuditRoute() {
  const search = audit.useSearch()
  const navigate = audit.useNavigate()
  return <AuditPage search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
}

const erase = getRouteApi('/shell/audit/erase')

export function EraseRoute() {
  const { kind, record } = erase.useSearch()
  const navigate = erase.useNavigate()
  return <ErasePage kind={kind} record={record} onAbout={(about) => void navigate({ search: about, replace: true })} />
}
