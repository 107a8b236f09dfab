import type { GrantPlan } from '@/api/grants'
import { useText } from '@/lib/usetext'
import { Said } from '@/ui/said'

/** What would be given, or put into a sandbox, in words. */
export function SharePlan({ plan }: { plan: GrantPlan }) {
  const { t, pick, format } = useText()
  return (
    <div className="give-plan" role="status">
      <p className="give-sentence"><Said text={pick(plan.sentence)} /></p>
      <p>
        {format.moment(plan.from)} – {format.moment(plan.until)}
      </p>
      <p className="muted">{plan.records > 0 ? t('access.give.named', { count: plan.records, n: format.number(plan.records) }) : t('access.give.moves')}</p>
      {plan.along.length > 0 && <p className="muted">{t('access.give.alongPlan', { what: plan.along.map((one) => pick(one.label)).join(t('access.give.comma')) })}</p>}
      {plan.less && <p className="muted">{t('access.give.less')}</p>}
    </div>
  )
}
