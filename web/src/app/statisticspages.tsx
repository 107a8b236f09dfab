import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '@/api/session'
import StatisticsPage from '@/features/figures/statisticspage'
import { useText } from '@/lib/usetext'
import { BoneRows, State } from '@/ui/states'

// Statistics between their URL and their page.

const statistics = getRouteApi('/shell/statistics')

export function StatisticsRoute() {
  const search = statistics.useSearch()
  const navigate = statistics.useNavigate()
  const me = useMe()
  const { t } = useText()
  if (!me.data) return <BoneRows />
  if (me.data.viewer) return <State page icon="eye" title={t('view.notHere')} text={t('view.notHereText')} />
  return <StatisticsPage me={me.data} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
}
