import { Link } from '@tanstack/react-router'
import type { Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import { isDeriving, useTagRuns } from '@/api/taggroups'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { awaitedBy } from './awaited'

/** Says that tags which a rule names are being derived for the first time, how far that is, and what the rule does meanwhile. */
export function AwaitedTags({ rule, kinds }: { rule: Rule; kinds: RuleKind[] }) {
  const { t, pick, format } = useText()
  const runs = useTagRuns()
  return awaitedBy(rule, kinds, runs.data ?? []).map(({ run, groups }) => {
    const kind = kinds.find((k) => k.name === run.kind)
    const label = (group: string) => {
      const field = kind?.fields.find((f) => f.name === group)
      return field ? pick(field.label) : group
    }
    const names = groups.map(label).join(t('rules.comma'))
    return (
      <div key={run.kind} className="note warn rule-awaits">
        <Icon name="clock" />
        <div>
          <p>
            {t(isDeriving(run) ? 'rules.awaits.far' : 'rules.awaits.stopped', { groups: names })}{' '}
            {run.total > 0 && t('rules.awaits.count', { done: format.integer(run.looked), n: format.integer(run.total) })} {t(`rules.awaits.${rule.effect}`)}
          </p>
          {isDeriving(run) && <progress aria-label={t('rules.awaits.progress', { groups: names })} max={run.total || undefined} value={run.total ? Math.min(run.looked, run.total) : undefined} />}
          <p>
            <Link to="/policy/tags" search={{ group: `${run.kind}.${groups[0]}` }}>
              {t('rules.awaits.look')}
            </Link>
          </p>
        </div>
      </div>
    )
  })
}
