import { getRouteApi } from '@tanstack/react-router'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import DashboardPage from '@/features/figures/dashboardpage'
import { useText } from '@/lib/usetext'
import { BoneRows, State } from '@/ui/states'

const home = getRouteApi('/shell/')

export function HomeRoute() {
  const search = home.useSearch()
  const navigate = home.useNavigate()
  const me = useMe()
  const kinds = useKinds()
  const { t } = useText()
  if (!me.data || !kinds.data) return <BoneRows />
  if (me.data.viewer) return <State page icon="eye" title={t('view.notHere')} text={t('view.notHereText')} />
  return <DashboardPage me={me.data} kinds={kinds.data} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
}
