import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '@/api/session'
import AlertsPage from '@/features/alerts/alertspage'
import { BoneRows } from '@/ui/states'

// Alerts between their URL and their page.

const alerts = getRouteApi('/shell/alerts')

export function AlertsRoute() {
  const me = useMe()
  const search = alerts.useSearch()
  const navigate = alerts.useNavigate()
  if (!me.data) return <BoneRows />
  return <AlertsPage me={me.data} search={search} onSearch={(next) => void navigate({ search: next, replace: next.id === search.id })} />
}
