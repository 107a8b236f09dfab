import { useEffect } from 'react'
import { type StatisticsKind, useStatistics, useStatisticsOffer } from '@/api/statistics'
import { hasFailed } from '@/api/problem'
import type { Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { StatisticsAsk } from './statisticsask'
import { StatisticsAnswer } from './statisticsanswer'
import { StatisticsUnderWay } from './statisticsunderway'
import { useMaking } from './making'
import { StatisticsLimitsCard } from './statisticslimits'
import type { StatisticsSearch } from './statisticssearch'
import './figures.css'
import './statistics.css'

interface Props {
  me: Me
  search: StatisticsSearch
  onSearch: (search: StatisticsSearch) => void
}

/** Figures without rows: counts, sums and averages by group, for who has the right to figures. */
export default function StatisticsPage({ me, search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('statistics.title'))
  const offer = useStatisticsOffer()
  const governs = me.can.includes('policy') || me.can.includes('audit')
  const kinds = offer.data?.kinds ?? []
  const kind = kinds.find((k) => k.kind === search.kind) ?? kinds[0]
  return (
    <div className="dash statistics">
      <header className="dash-head">
        <div>
          <h1>{t('statistics.title')}</h1>
          <p>{t('statistics.lead', { n: offer.data?.least ?? 10 })}</p>
        </div>
      </header>
      {offer.isPending && <BoneRows rows={4} />}
      {hasFailed(offer) && <Failure error={offer.error} onRetry={() => void offer.refetch()} />}
      {offer.data && !kind && <State icon="shield" title={t('statistics.none')} text={t('statistics.noneText')} />}
      {kind && <Asked kinds={kinds} kind={kind} search={search} onSearch={onSearch} />}
      {governs && <StatisticsLimitsCard may={me.can.includes('policy')} />}
    </div>
  )
}

function Asked({ kinds, kind, search, onSearch }: Omit<Props, 'me'> & { kinds: StatisticsKind[]; kind: StatisticsKind }) {
  const by = kind.groups.find((g) => g.ask === search.by) ?? (search.by === '' ? undefined : (kind.groups.find((g) => g.field === 'stage') ?? kind.groups[0]))
  const of = kind.measures.find((m) => m.ask === search.of)
  const answer = useStatistics(kind.kind, { group: by?.ask, measure: of?.ask })
  const { t } = useText()
  const waits = answer.data?.making !== undefined && !answer.isFetching
  const ready = useMaking(waits ? answer.dataUpdatedAt : undefined, kind.making !== undefined)
  const { refetch } = answer
  useEffect(() => {
    if (ready) void refetch()
  }, [ready, refetch])
  return (
    <>
      <StatisticsAsk kinds={kinds} kind={kind} by={by} of={of} average={search.average ?? false} onSearch={onSearch} />
      <section className="panel card" aria-label={t('statistics.answer')} aria-busy={answer.isFetching}>
        {answer.isPending && <BoneRows rows={6} />}
        {hasFailed(answer) && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.data?.making && !hasFailed(answer) && <StatisticsUnderWay day={answer.data.day} percent={(kind.making ?? answer.data.making).percent} />}
        {answer.data && answer.data.day !== '' && !hasFailed(answer) && <StatisticsAnswer told={answer.data} by={by} of={of} average={search.average ?? false} />}
      </section>
    </>
  )
}
