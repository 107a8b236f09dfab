import { useState } from 'react'
import { hasFailed } from '@/api/problem'
import { type StatisticsLimits, useSetStatisticsLimits, useStatisticsLimits } from '@/api/statistics'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { toast } from '@/ui/toast'

/** Of how many records a figure is at least, for who governs. */
export function StatisticsLimitsCard({ may }: { may: boolean }) {
  const { t } = useText()
  const limits = useStatisticsLimits(true)
  return (
    <section className="card statistics-limits" aria-labelledby="statistics-limits">
      <h2 id="statistics-limits">{t('statistics.limits')}</h2>
      <p className="muted">{t('statistics.limitsText')}</p>
      {hasFailed(limits) && <Failure error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.data && <Edit key={limits.data.version} limits={limits.data} may={may} />}
    </section>
  )
}

function Edit({ limits, may }: { limits: StatisticsLimits; may: boolean }) {
  const { t } = useText()
  const problemText = useProblemText()
  const save = useSetStatisticsLimits()
  const [least, setLeast] = useState(String(limits.least))
  const [budget, setBudget] = useState(String(limits.budget))
  const same = Number(least) === limits.least && Number(budget) === limits.budget
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        save.mutate({ version: limits.version, least: Number(least), budget: Number(budget) }, { onSuccess: () => toast(t('statistics.saved')) })
      }}
    >
      <label>
        <span>{t('statistics.least')}</span>
        <input className="input" type="number" min={5} max={1000} required disabled={!may} value={least} onChange={(e) => setLeast(e.target.value)} />
      </label>
      <label>
        <span>{t('statistics.budget')}</span>
        <input className="input" type="number" min={1} max={10000} required disabled={!may} value={budget} onChange={(e) => setBudget(e.target.value)} />
      </label>
      {may && (
        <button type="submit" className="btn" disabled={same || save.isPending}>
          {t('statistics.save')}
        </button>
      )}
      {save.error && <p role="alert">{problemText(save.error)}</p>}
    </form>
  )
}
