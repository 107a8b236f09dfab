import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '@/api/session'
import ControlPage from '@/features/exportcontrol/controlpage'
import ChainsPage from '@/features/requests/chainspage'
import RequestsPage from '@/features/requests/requestspage'
import { BoneRows } from '@/ui/states'

// Requests between their URL and their pages.

const requests = getRouteApi('/shell/requests')

export function RequestsRoute() {
  const search = requests.useSearch()
  const navigate = requests.useNavigate()
  const me = useMe()
  if (!me.data) return <BoneRows />
  return (
    <RequestsPage
      search={search}
      oversees={me.data.can.includes('policy') || me.data.can.includes('audit')}
      onSearch={(next) => void navigate({ search: next, replace: next.scope !== search.scope })}
    />
  )
}

export function ApprovalsRoute() {
  const me = useMe()
  return me.data ? <ChainsPage may={me.data.can.includes('policy')} /> : <BoneRows />
}

export function ExportControlRoute() {
  const me = useMe()
  return me.data ? <ControlPage may={me.data.can.includes('policy')} /> : <BoneRows />
}
