import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Grant } from '@/api/grants'
import { useEndGrant } from '@/api/grants'
import { useKinds } from '@/api/kinds'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { Confirm } from './confirm'
import { ExtendDialog } from './extenddialog'
import { ViewDialog } from './viewdialog'

const GiveDialog = lazy(() => import('@/permission/givedialog'))

const states = ['pending', 'active', 'ended', 'revoked', 'used'] as const
type Open = 'end' | 'extend' | 'giveOn' | 'view'

/** One grant in words, with what whoever looks may do with it. */
export function GrantCard({ grant, now }: { grant: Grant; now: number }) {
  const { t, pick, format } = useText()
  const [open, setOpen] = useState<Open>()
  const kinds = useKinds()
  const end = useEndGrant()
  const kind = kinds.data?.find((one) => one.name === grant.kind)
  const back = grant.can.includes('give_back')
  const close = () => setOpen(undefined)
  const state = states.find((one) => one === grant.state)
  const live = grant.state === 'active' || grant.state === 'pending'
  return (
    <li className="grant-card" data-grant={grant.id}>
      <div className="grant-head">
        <strong>{t('access.grants.line', { giver: grant.giver.name, receiver: grant.receiver.name })}</strong>
        {state && <span className={`tag grant-${state}`}>{t(`access.grants.now.${state}`)}</span>}
        {grant.once && <span className="tag">{t('access.grants.once')}</span>}
        {grant.give_on && <span className="tag">{t('access.grants.on')}</span>}
        {grant.parent && <span className="tag">{t('access.grants.passed')}</span>}
        {grant.extends && <span className="tag">{t('access.grants.extended')}</span>}
        {live && <Ending until={grant.until} now={now} />}
      </div>
      <p><Said text={pick(grant.sentence)} /></p>
      {grant.titles.length > 0 && (
        <p className="grant-titles">
          {grant.titles.map((one) => (
            <Link key={one.id} to="/records/$kind/$id" params={{ kind: grant.kind, id: one.id }}>
              {one.title}
            </Link>
          ))}
          {grant.records.length > grant.titles.length && <span className="muted">{t('access.grants.others', { n: format.number(grant.records.length - grant.titles.length) })}</span>}
        </p>
      )}
      <p className="muted">
        {format.moment(grant.from)} – {format.moment(grant.until)}
        {live && ` · ${grant.last_used ? t('access.grants.used', { when: format.moment(grant.last_used) }) : t('access.grants.unused')}`}
      </p>
      {grant.can.length > 0 && (
        <div className="grant-acts">
          {grant.can.includes('view') && (
            <button type="button" className="btn primary" onClick={() => setOpen('view')}>
              {t('access.grants.view')}
            </button>
          )}
          {grant.can.includes('give_on') && kind && (
            <button type="button" className="btn" onClick={() => setOpen('giveOn')}>
              {t('access.grants.giveOn')}
            </button>
          )}
          {grant.can.includes('extend') && (
            <button type="button" className="btn" onClick={() => setOpen('extend')}>
              {t('access.grants.extend')}
            </button>
          )}
          {(back || grant.can.includes('revoke')) && (
            <button type="button" className="btn danger" onClick={() => setOpen('end')}>
              {t(back ? 'access.giveBack' : 'access.grants.revoke')}
            </button>
          )}
        </div>
      )}
      {open === 'end' && (
        <Confirm
          title={back ? t('access.giveBackTitle') : t('access.grants.revokeTitle', { person: grant.receiver.name })}
          text={t(back ? 'access.giveBackText' : 'access.grants.revokeText')}
          act={t(back ? 'access.giveBack' : 'access.grants.revoke')}
          error={end.error}
          busy={end.isPending}
          onCancel={close}
          onAct={() =>
            end.mutate(grant.id, {
              onSuccess: () => {
                toast(t(back ? 'access.gaveBack' : 'access.grants.revoked'))
                close()
              },
            })
          }
        />
      )}
      {open === 'extend' && <ExtendDialog grant={grant} onClose={close} />}
      {open === 'view' && <ViewDialog grant={grant} onClose={close} />}
      <Suspense>
        {open === 'giveOn' && kind && <GiveDialog kind={kind} chosen={{ ids: grant.records }} count={grant.records.length} parent={grant} onClose={close} />}
      </Suspense>
    </li>
  )
}
