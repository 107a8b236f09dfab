import { useState } from 'react'
import { type Question, useExplain } from '@/api/explain'
import { hasFailed } from '@/api/problem'
import type { Explanation, Given, Reason } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Said } from '@/ui/said'
import { Ask } from './ask'
import { BreakGlass } from './breakglass'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Failure } from './failure'
import './permission.css'

/** The rules behind a masked or hidden field or a refused action, as sentences. */
export function Why({ question, title }: { question: Question; title: string }) {
  const answer = useExplain(question)
  const { t } = useText()
  return (
    <div className="why">
      <h2>{title}</h2>
      {answer.isPending && (
        <div role="status">
          <p className="muted">{t('why.loading')}</p>
          <span className="bone" />
        </div>
      )}
      {hasFailed(answer) && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && (
        <>
          <InOne explanation={answer.data} />
          {answer.data.asks && (
            <p className="note">
              <Icon name="shield" />
              {t('why.asks')}
            </p>
          )}
          <WhyView explanation={answer.data} action={question.field && question.action === 'read' ? undefined : question.action} />
          <div className="why-ask">
            <Ask question={question} />
            {question.field && <BreakGlass target={question} />}
          </div>
        </>
      )}
    </div>
  )
}

/** The whole reason in one sentence, made of nothing but what was told. */
function InOne({ explanation }: { explanation: Explanation }) {
  const { t, pick } = useText()
  const { permits = [], forbids = [], missing = [] } = explanation
  const named = (reason: Reason) => pick(reason.from) || pick(reason.scene)
  const lack = missing[0]?.lacks?.[0]
  const forbid = forbids[0]
  const permit = permits[0]
  if (forbid) return <p className="why-one">{t('why.oneForbid', { name: named(forbid) })}</p>
  if (lack) return <p className="why-one"><Said text={t('why.oneLack', { lack: pick(lack.sentence) })} /></p>
  if (permit) return <p className="why-one">{t('why.onePermit', { name: named(permit) })}</p>
  return null
}

interface ViewProps {
  explanation: Explanation
  /** The refused action; undefined when the question is what shows of a field. */
  action?: string
}

export function WhyView({ explanation, action }: ViewProps) {
  const { t } = useText()
  const { permits = [], forbids = [], missing = [] } = explanation
  const actions: Record<string, string> = {
    read: t('actions.read'),
    create: t('actions.create'),
    edit: t('actions.edit'),
    delete: t('actions.delete'),
    export: t('actions.export'),
    reveal: t('actions.reveal'),
    claim: t('actions.claim'),
    release: t('actions.release'),
    assign: t('actions.assign'),
  }
  const word = action === undefined ? '' : (actions[action] ?? action)
  if (permits.length + forbids.length + missing.length === 0) {
    return <p>{action ? t('why.noneAction') : t('why.none')}</p>
  }
  return (
    <>
      <Reasons title={t('why.forbids')} reasons={forbids} look="forbid" />
      <Reasons title={action ? t('why.permitsAction') : t('why.permits')} reasons={permits} look="permit" />
      <Reasons
        title={action ? t('why.missingAction', { action: word }) : t('why.missing')}
        reasons={missing}
        look="lacking"
      />
    </>
  )
}

interface ReasonsProps {
  title: string
  reasons: Reason[]
  look: 'permit' | 'forbid' | 'lacking'
}

function Reasons({ title, reasons, look }: ReasonsProps) {
  if (reasons.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {reasons.map((reason, index) => (
          <li key={`${reason.rule} ${index}`} className={`reason ${look}`}>
            <ReasonText reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const origins = ['pack', 'sharing', 'guard', 'grant', 'sandbox', 'emergency', 'pool'] as const

function ReasonText({ reason }: { reason: Reason }) {
  const { t, pick, format } = useText()
  const [now] = useState(() => Date.now())
  const type = origins.find((o) => o === reason.origin.type) ?? 'rule'
  const given = reason.given
  return (
    <>
      {given ? <GivenText given={given} origin={reason.origin.type} /> : <p><Said text={pick(reason.sentence)} /></p>}
      {reason.lacks && reason.lacks.length > 0 && (
        <div className="reason-more">
          {t('why.lacks')}
          <ul className="lacks">
            {reason.lacks.map((lack) => (
              <li key={lack.code}><Said text={pick(lack.sentence)} /></li>
            ))}
          </ul>
        </div>
      )}
      <p className="reason-more">
        {pick(reason.scene) && <span>{t('why.scene', { text: pick(reason.scene) })}</span>}
        {pick(reason.from) && !given && (
          <span>
            {' · '}
            {t('why.origin', { type: t(`why.originType.${type}`), name: pick(reason.from) })}
          </span>
        )}
      </p>
      {reason.until && (
        <p className="reason-more">
          {given
            ? t('why.window', { from: format.moment(given.from), until: format.moment(given.until) })
            : t('why.until', { time: format.moment(reason.until) })}{' '}
          <Ending until={reason.until} now={now} />
        </p>
      )}
    </>
  )
}

/** Who opened the way to whom, and what it opens. */
function GivenText({ given, origin }: { given: Given; origin: string }) {
  const { t, pick } = useText()
  const by = given.by.name
  const to = given.to.name || t('why.members')
  return (
    <>
      <p>
        <strong>
          {origin === 'emergency' ? t('why.opened', { by }) : origin === 'sandbox' ? t('why.putIn', { by, to }) : t('why.lent', { by, to })}
        </strong>
      </p>
      <p>{pick(given.what)}</p>
    </>
  )
}
