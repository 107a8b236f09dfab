import { useState } from 'react'
import { type Changes, useOrgImpact } from '@/api/company'
import { useKinds } from '@/api/kinds'
import type { KindImpact } from '@/api/policytypes'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'

const most = 30

/** Who would gain and lose what, before it is so. */
export function ImpactView({ changes }: { changes: Changes }) {
  const { t, format } = useText()
  const impact = useOrgImpact(changes)
  const [all, setAll] = useState(false)
  if (impact.isPending) return <BoneRows rows={4} />
  if (!impact.data || hasFailed(impact)) return <Failure error={impact.error} onRetry={() => void impact.refetch()} />
  const people = impact.data.people
  if (people.length === 0) return <p className="note">{t('company.impact.none')}</p>
  return (
    <section className="o-impact" aria-label={t('company.impact.title')}>
      <p className="impact-head">{t('company.impact.people', { n: format.number(people.length) })}</p>
      <ul>
        {(all ? people : people.slice(0, most)).map((one) => (
          <li key={one.person.id}>
            <strong>{one.person.name}</strong>
            <ul>
              {one.kinds.map((kind) => (
                <KindLine key={kind.kind} kind={kind} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {people.length > most && !all && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('company.impact.more', { n: format.number(people.length - most) })}
        </button>
      )}
    </section>
  )
}

function KindLine({ kind }: { kind: KindImpact }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const words = t('company.kinds', { returnObjects: true }) as Record<string, string>
  const actions = t('company.actions', { returnObjects: true }) as Record<string, string>
  const label = kinds.data?.find((k) => k.name === kind.kind)?.label
  const sum = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([action, n]) => `${actions[action] ?? action} ${format.number(n)}`)
      .join(' · ')
  const fields = Object.keys(kind.more).length + Object.keys(kind.less).length
  return (
    <li>
      <span className="impact-kind">{label ? pick(label) : (words[kind.kind] ?? kind.kind)}</span>
      {Object.keys(kind.gained).length > 0 && <span className="impact-plus">+{sum(kind.gained)}</span>}
      {Object.keys(kind.lost).length > 0 && <span className="impact-minus">−{sum(kind.lost)}</span>}
      {kind.create === 'gained' && <span className="impact-plus">{t('company.impact.mayCreate')}</span>}
      {kind.create === 'lost' && <span className="impact-minus">{t('company.impact.mayNotCreate')}</span>}
      {fields > 0 && <span className="muted">{t('company.impact.fields', { n: fields })}</span>}
    </li>
  )
}
