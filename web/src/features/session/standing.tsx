import type { Grant } from '@/api/grants'
import { hasFailed } from '@/api/problem'
import { useAccess, useMe } from '@/api/session'
import type { Me } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Ending } from '@/ui/ending'
import { Said } from '@/ui/said'
import { BoneRows } from '@/ui/states'

/** Where one stands, and what one was let see for a time: with the marks of what ends soon. */
export function Standing() {
  const me = useMe()
  const access = useAccess()
  if (!me.data) return null
  const mine = access.data?.filter((one) => one.state === 'active' && one.receiver.id === me.data.person.id)
  return (
    <>
      <StandingView me={me.data} access={mine ?? []} now={me.dataUpdatedAt} />
      {access.isPending && <BoneRows rows={1} />}
      {hasFailed(access) && <Failure error={access.error} onRetry={() => void access.refetch()} />}
    </>
  )
}

export function StandingView({ me, access, now }: { me: Me; access: Grant[]; now: number }) {
  const { t, pick, format } = useText()
  return (
    <ul className="sessions">
      {me.appointments.length === 0 && <li className="muted">{t('user.noAppointment')}</li>}
      {me.appointments.map((a) => (
        <li key={`${a.unit.id} ${a.position.code}`}>
          <div className="device">
            <strong>{[a.unit.name, pick(a.position.label), a.head ? t('user.head') : ''].filter(Boolean).join(' · ')}</strong>
            <p>{a.until ? t('why.until', { time: format.moment(a.until) }) : t('account.open')}</p>
          </div>
          <Ending until={a.until} now={now} />
        </li>
      ))}
      {access.map((one) => (
        <li key={one.id}>
          <div className="device">
            <strong>{t('account.access', { giver: one.giver.name })}</strong>
            <p><Said text={pick(one.sentence)} /></p>
            <p>{t('why.until', { time: format.moment(one.until) })}</p>
          </div>
          <Ending until={one.until} now={now} />
        </li>
      ))}
    </ul>
  )
}
