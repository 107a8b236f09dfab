import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Emergency, useEmergency, useEndEmergency } from '@/api/emergencies'
import { hasFailed } from '@/api/problem'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { ReviewForm } from './reviewform'
import { ReviewTag } from './reviewtag'
import { SeenList } from './seenlist'
import { openedText } from './words'

/** One emergency: who opened what and why, what was seen, and what the review says. */
export function EmergencyDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useText()
  const one = useEmergency(id)
  return (
    <>
      <button type="button" className="quiet emergencies-back" onClick={onBack}>
        <Icon name="left" />
        {t('emergency.back')}
      </button>
      {one.isPending && <BoneRows rows={5} />}
      {hasFailed(one) && <Failure error={one.error} onRetry={() => void one.refetch()} />}
      {one.data && !hasFailed(one) && <View one={one.data} />}
    </>
  )
}

function View({ one }: { one: Emergency }) {
  const text = useText()
  const { t } = text
  const problem = useProblemText()
  const end = useEndEmergency()
  // On a phone it is the page; beside the list it is a part of one.
  const Title = usePhone() ? 'h1' : 'h2'
  return (
    <article className="emergency" aria-labelledby="emergency-title">
      <header>
        <Title id="emergency-title">{openedText(text, one)}</Title>
        <ReviewTag state={one.review} />
      </header>
      <blockquote className="emergency-says">{one.reason}</blockquote>
      <Facts one={one} />
      {one.can.includes('end') && (
        <div>
          <button
            type="button"
            className="btn danger"
            disabled={end.isPending}
            onClick={() => end.mutate(one.id, { onSuccess: () => toast(t('emergency.endedNow')), onError: (error) => toast(problem(error)) })}
          >
            {t('emergency.end')}
          </button>
        </div>
      )}
      <Verdict one={one} />
      {one.can.includes('review') && <ReviewForm one={one} />}
      <SeenList one={one} />
    </article>
  )
}

function Facts({ one }: { one: Emergency }) {
  const { t, pick, format } = useText()
  const between = t('emergency.between')
  const facts: [string, ReactNode][] = [
    [
      t('emergency.record'),
      one.record.title ? (
        <Link to="/records/$kind/$id" params={{ kind: one.kind, id: one.record.id }}>
          {pick(one.kind_label)} · {one.record.title}
        </Link>
      ) : (
        t('emergency.unseen', { kind: pick(one.kind_label) })
      ),
    ],
    [t('emergency.owner'), one.owner?.name ?? t('emergency.nobodyOwns')],
    [t('emergency.window'), `${format.moment(one.from)} – ${format.moment(one.ended_at ?? one.until)}`],
  ]
  if (one.ended_by) facts.push([t('emergency.endedBy'), one.ended_by.name])
  facts.push([t('emergency.shown'), one.classes.map((c) => t(`classes.${c as 'general'}`)).join(between)])
  if (one.with.length > 0) facts.push([t('emergency.with'), one.with.map((part) => pick(part.label)).join(between)])
  if (one.reviewers.length > 0) {
    facts.push([t('emergency.reviewer'), one.reviewers.map((r) => r.name).join(between)])
    facts.push([t('emergency.dueLabel'), <Due key="due" one={one} />])
  }
  return (
    <dl className="emergency-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Due({ one }: { one: Emergency }) {
  const { t, format } = useText()
  const late = one.review === 'late'
  return (
    <>
      <span className={late ? 'emergency-late' : undefined}>{format.moment(one.due_at)}</span>
      <span className="muted"> {t('emergency.escalates', { when: format.moment(one.late_at) })}</span>
    </>
  )
}

function Verdict({ one }: { one: Emergency }) {
  const { t, format } = useText()
  if (!one.reviewed_by || !one.reviewed_at) return null
  return (
    <div className={`note ${one.review === 'justified' ? 'good' : 'warn'}`}>
      <Icon name={one.review === 'justified' ? 'check' : 'warn'} />
      <div>
        <p>{t('emergency.said', { who: one.reviewed_by.name, verdict: t(`emergency.states.${one.review}`), when: format.moment(one.reviewed_at) })}</p>
        {one.note && <p className="emergency-note">{one.note}</p>}
      </div>
    </div>
  )
}
