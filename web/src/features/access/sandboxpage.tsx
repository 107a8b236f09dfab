import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { hasFailed } from '@/api/problem'
import { type Sandbox, useEndSandbox, useRemoveMember, useSandbox } from '@/api/sandboxes'
import type { Kind, Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Confirm } from './confirm'
import { ExtendSandbox, RenameSandbox } from './sandboxdialogs'
import { SandboxMembers } from './sandboxmembers'
import { BoxMarks } from './sandboxespage'
import { SandboxShares } from './sandboxshares'
import { SandboxStatement } from './sandboxstatement'
import { AccessTabs } from './tabs'
import './access.css'
import './sandbox.css'

interface Props {
  id: string
  me: Me
  kinds: Kind[]
  statement: boolean
  onView: (view: 'statement' | undefined) => void
}

/** One sandbox: what for, until when, who is in it, what is in it, and what was seen of it. */
export default function SandboxPage({ id, me, kinds, statement, onView }: Props) {
  const { t } = useText()
  const box = useSandbox(id)
  useTitle(box.data?.title ?? t('sandboxes.title'))
  return (
    <div className="access-page">
      <AccessTabs />
      {box.isPending && <BoneRows rows={6} />}
      {hasFailed(box) && <Failure error={box.error} onRetry={() => void box.refetch()} />}
      {box.data && (
        <>
          <SandboxHead box={box.data} me={me} now={box.dataUpdatedAt} />
          <div>
            <div className="segments" role="group" aria-label={t('sandboxes.page.sections')}>
              {([undefined, 'statement'] as const).map((view) => (
                <button key={view ?? 'overview'} type="button" aria-pressed={statement === (view === 'statement')} onClick={() => onView(view)}>
                  {t(`sandboxes.page.${view ?? 'overview'}`)}
                </button>
              ))}
            </div>
          </div>
          {statement ? (
            <SandboxStatement id={id} />
          ) : box.data.role === 'former' ? (
            <p className="muted">{t('sandboxes.page.former')}</p>
          ) : (
            <>
              <SandboxMembers box={box.data} me={me} now={box.dataUpdatedAt} />
              <SandboxShares box={box.data} kinds={kinds} now={box.dataUpdatedAt} />
            </>
          )}
        </>
      )}
    </div>
  )
}

type Open = 'rename' | 'extend' | 'end' | 'leave'

function SandboxHead({ box, me, now }: { box: Sandbox; me: Me; now: number }) {
  const { t, format } = useText()
  const [open, setOpen] = useState<Open>()
  const end = useEndSandbox(box.id)
  const leave = useRemoveMember(box.id)
  const close = () => setOpen(undefined)
  const acts = (['extend', 'rename', 'leave', 'end'] as const).filter((one) => box.can.includes(one))
  const done = (what: 'ended' | 'left') => ({
    onSuccess: () => {
      toast(t(`sandboxes.done.${what}`))
      close()
    },
  })
  return (
    <header className="box-head">
      <Link to="/sandboxes">{t('sandboxes.back')}</Link>
      <div className="grant-head">
        <h1>{box.title}</h1>
        <BoxMarks box={box} now={now} />
      </div>
      <dl className="box-facts">
        <dt>{t('sandboxes.page.purpose')}</dt>
        <dd>{box.purpose}</dd>
        <dt>{t('sandboxes.page.sponsor')}</dt>
        <dd>{box.sponsor.name}</dd>
        <dt>{t('sandboxes.page.window')}</dt>
        <dd>
          {format.moment(box.from)} – {format.moment(box.until)}
          {box.ended_at && <span className="muted"> · {t('sandboxes.page.ended', { time: format.moment(box.ended_at) })}</span>}
        </dd>
      </dl>
      {acts.length > 0 && (
        <div className="grant-acts">
          {acts.map((one) => (
            <button key={one} type="button" className={one === 'end' || one === 'leave' ? 'btn danger' : 'btn'} onClick={() => setOpen(one)}>
              {t(`sandboxes.acts.${one}`)}
            </button>
          ))}
        </div>
      )}
      {(open === 'end' || open === 'leave') && (
        <Confirm
          title={t(`sandboxes.sure.${open}`)}
          text={t(`sandboxes.sure.${open}Text`)}
          act={t(`sandboxes.acts.${open}`)}
          error={open === 'end' ? end.error : leave.error}
          busy={end.isPending || leave.isPending}
          onCancel={close}
          onAct={() => (open === 'end' ? end.mutate(undefined, done('ended')) : leave.mutate(me.person.id, done('left')))}
        />
      )}
      {open === 'extend' && <ExtendSandbox box={box} onClose={close} />}
      {open === 'rename' && <RenameSandbox box={box} onClose={close} />}
    </header>
  )
}
