import { Link } from '@tanstack/react-router'
import { hasFailed } from '@/api/problem'
import { type Asked, useRequest } from '@/api/requests'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { ChangeTable, Since, TransferFacts } from './changetable'
import { DecideBar } from './decidebar'
import { MassFacts } from './massfacts'
import { PooledFacts } from './pooledfacts'
import { DueText } from './requestlist'
import { StateTag } from './statetag'
import { Steps } from './steps'
import { askedText, titleText } from './words'

/** One request: what exactly would be given, what for, who decided and who comes next. */
export function RequestDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useText()
  const one = useRequest(id)
  return (
    <>
      <button type="button" className="quiet requests-back" onClick={onBack}>
        <Icon name="left" />
        {t('requests.back')}
      </button>
      {one.isPending && <BoneRows rows={5} />}
      {hasFailed(one) && <Failure error={one.error} onRetry={() => void one.refetch()} />}
      {one.data && <RequestView request={one.data} now={one.dataUpdatedAt} />}
    </>
  )
}

export function RequestView({ request: r, now }: { request: Asked; now: number }) {
  const text = useText()
  const { t, format } = text
  // On a phone it is the page; beside the list it is a part of one.
  const Title = usePhone() ? 'h1' : 'h2'
  return (
    <article className="request" aria-labelledby="request-title">
      <header>
        <Title id="request-title">{titleText(text, r)}</Title>
        <StateTag state={r.state} />
      </header>
      <p className="request-says">{askedText(text, r)}</p>
      {r.type === 'export' && (
        <p className="muted">
          {t('requests.exportHint')}
          {(r.export?.filter || r.export?.q) && (
            <>
              {' '}
              {t('requests.narrowed')} <code>{[r.export.q, r.export.filter].filter(Boolean).join(' · ')}</code>
            </>
          )}
        </p>
      )}
      {(r.change?.since || r.delete?.since) && <Since />}
      {r.change && <ChangeTable request={r} change={r.change} />}
      {r.create && <ChangeTable request={r} change={r.create} />}
      {r.mass && <MassFacts request={r} mass={r.mass} />}
      {r.pool?.many && <PooledFacts request={r} pool={r.pool} many={r.pool.many} />}
      <dl className="request-facts">
        <dt>{t('requests.purpose')}</dt>
        <dd>{r.purpose}</dd>
        <dt>{t('requests.asked')}</dt>
        <dd>{t('requests.by', { who: r.asker.name, when: format.moment(r.asked_at) })}</dd>
        {r.record && (
          <>
            <dt>{t('requests.record')}</dt>
            <dd>
              {r.record.title ? (
                <Link to="/records/$kind/$id" params={{ kind: r.kind, id: r.record.id }}>
                  {r.record.title}
                </Link>
              ) : (
                t('requests.unseen')
              )}
            </dd>
          </>
        )}
        {r.transfer && <TransferFacts transfer={r.transfer} />}
        {r.pool?.into && (
          <>
            <dt>{t('requests.into')}</dt>
            <dd>{r.pool.into.name}</dd>
          </>
        )}
        {r.pool?.reason && (
          <>
            <dt>{t('requests.reason')}</dt>
            <dd>{r.pool.reason}</dd>
          </>
        )}
        {r.due_at && r.expires_at && (
          <>
            <dt>{t('requests.until')}</dt>
            <dd>
              <DueText due={r.due_at} now={now} />
              {r.escalates_at && <p className="muted">{t('requests.escalates', { when: format.moment(r.escalates_at) })}</p>}
              <p className="muted">{t('requests.expires', { when: format.moment(r.expires_at) })}</p>
            </dd>
          </>
        )}
      </dl>
      <Result request={r} />
      <Steps request={r} />
      {r.can.length > 0 && <DecideBar request={r} />}
    </article>
  )
}

const voids = { asker: 'requests.voidAsker', giver: 'requests.voidGiver', changed: 'requests.voidChanged', invalid: 'requests.voidInvalid', limit: 'requests.voidLimit' } as const

/** What came of it. */
function Result({ request: r }: { request: Asked }) {
  const { t, format } = useText()
  const ended = r.ended_at ? format.moment(r.ended_at) : ''
  if (r.grant && r.state === 'approved') {
    const open = r.grant.state === 'active'
    return (
      <p className={open ? 'note good' : 'note'}>
        <Icon name={open ? 'check' : 'clock'} />
        {t(`requests.grant.${open ? 'active' : r.grant.state === 'revoked' ? 'revoked' : 'ended'}`, { when: format.moment(r.grant.until), giver: r.giver?.name ?? '' })}
      </p>
    )
  }
  if (r.state === 'approved' && r.type === 'export') {
    return (
      <p className="note good">
        <Icon name="check" />
        {t('requests.exported', { giver: r.giver?.name ?? '' })} {r.job && <Link to="/data/exports">{t('requests.toExports')}</Link>}
      </p>
    )
  }
  if (r.state === 'approved' && r.type !== 'access' && r.type !== 'export') {
    return (
      <p className="note good">
        <Icon name="check" />
        {t(`requests.done_${r.type}`, { giver: r.giver?.name ?? '', to: r.transfer?.to.name ?? '' })}
        {r.create?.made?.title && (
          <Link to="/records/$kind/$id" params={{ kind: r.kind, id: r.create.made.id }}>
            {r.create.made.title}
          </Link>
        )}
      </p>
    )
  }
  if (r.state === 'void') {
    return (
      <p className="note warn">
        <Icon name="warn" />
        {t(voids[r.void ?? 'giver'])}
      </p>
    )
  }
  if (r.state === 'expired') {
    return (
      <p className="note warn">
        <Icon name="clock" />
        {t('requests.expired', { when: ended })}
      </p>
    )
  }
  return null
}
