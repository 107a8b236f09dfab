import { getRouteApi } from '@tanstack/react-router'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import DashboardPage from '@/features/figures/dashboardpage'
import { BoneRows } from '@/ui/states'

const home = getRouteApi('/shell/')

export function HomeRoute() {
  const search = home.useSearch()
  const navigate = home.useNavigate()
  const me = useMe()
  const kinds = useKinds()
  if (!me.data || !kinds.data) return <BoneRows />
  return <DashboardPage me={me.data} kinds={kinds.data} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
}
