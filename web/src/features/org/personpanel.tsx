import { lazy, Suspense, useState } from 'react'
import { useAccount, useAccountSwitch, usePersonAppointments, useSees } from '@/api/company'
import { useUnits } from '@/api/org'
import { useAssignments, usePacks } from '@/api/packs'
import { hasFailed } from '@/api/problem'
import { useRecordTitle } from '@/api/records'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { BoneRows } from '@/ui/states'
import { AppointmentBar } from './appointmentbar'
import { pathTo } from './tree'

const Devices = lazy(() => withTexts(['factor'], import('./persondevices')))
const Hardened = lazy(() => withTexts(['factor'], import('./hardened')))

interface Props {
  person: string
  can: string[]
  onMove: () => void
  onLeave: () => void
  onClose: () => void
}

/** One person: account, appointments, the packs they carry, and what they can see. */
export function PersonPanel({ person, can, onMove, onLeave, onClose }: Props) {
  const { t, pick } = useText()
  const title = useRecordTitle('person', person)
  const appointments = usePersonAppointments(person)
  const [now] = useState(() => Date.now())
  const list = appointments.data?.items ?? []
  const people = can.includes('people')
  return (
    <Dialog
      title={title ?? list[0]?.person.name ?? t('company.person')}
      wide
      onCancel={onClose}
      footer={
        <>
          {people && (
            <>
              <button type="button" className="btn" onClick={onMove}>
                {t('company.move.title')}
              </button>
              <button type="button" className="btn danger" onClick={onLeave}>
                {t('company.leave.title')}
              </button>
            </>
          )}
          <button type="button" className="btn primary" onClick={onClose}>
            {t('company.close')}
          </button>
        </>
      }
    >
      <div className="o-person">
        {people && <AccountPart person={person} />}
        {people && (
          <Suspense fallback={<BoneRows rows={1} />}>
            <Devices person={person} />
          </Suspense>
        )}
        <section>
          <h3>{t('company.appointments')}</h3>
          {appointments.isPending && <BoneRows rows={2} />}
          {hasFailed(appointments) && <Failure error={appointments.error} onRetry={() => void appointments.refetch()} />}
          {appointments.isSuccess && list.length === 0 && <p className="muted">{t('company.noAppointments')}</p>}
          <ul className="person-posts">
            {list.map((a) => (
              <li key={a.id} className={a.state}>
                <span>
                  {a.unit.name} · {pick(a.position.label)}
                </span>
                <AppointmentBar from={a.from} until={a.until} now={now} />
              </li>
            ))}
          </ul>
        </section>
        {(can.includes('policy') || people || can.includes('audit')) && (
          <Carried person={person} posts={list.filter((a) => a.state === 'active').map((a) => ({ unit: a.unit.id, position: a.position.code }))} />
        )}
        {(can.includes('policy') || can.includes('audit')) && <Sees person={person} />}
      </div>
    </Dialog>
  )
}

function AccountPart({ person }: { person: string }) {
  const { t } = useText()
  const problemText = useProblemText()
  const account = useAccount(person)
  const turn = useAccountSwitch()
  if (account.isPending) return <BoneRows rows={1} />
  if (!account.data || hasFailed(account)) return <Failure error={account.error} onRetry={() => void account.refetch()} />
  const { login, open, password, stopped_at } = account.data
  const state = open ? 'open' : stopped_at ? 'stopped' : account.data.frozen_at ? 'frozen' : password ? 'ended' : 'none'
  return (
    <section>
      <h3>{t('company.account.title')}</h3>
      <p className="person-account">
        <code>{login}</code>
        {state !== 'frozen' && <span className={`tag state-${state}`}>{t(`company.account.${state}`)}</span>}
        {(account.data.factor || account.data.frozen_at) && (
          <Suspense>
            <Hardened account={account.data} />
          </Suspense>
        )}
        {state === 'open' && (
          <button type="button" className="quiet" disabled={turn.isPending} onClick={() => turn.mutate({ id: person, to: 'stop' })}>
            {t('company.account.stop')}
          </button>
        )}
        {state === 'stopped' && (
          <button type="button" className="quiet" disabled={turn.isPending} onClick={() => turn.mutate({ id: person, to: 'open' })}>
            {t('company.account.reopen')}
          </button>
        )}
      </p>
      {turn.isError && <p className="note bad">{problemText(turn.error)}</p>}
    </section>
  )
}

function Carried({ person, posts }: { person: string; posts: { unit: string; position: string }[] }) {
  const { t, pick } = useText()
  const packs = usePacks()
  const assignments = useAssignments()
  const units = useUnits()
  const asked = [packs, assignments, units]
  const failed = asked.find(hasFailed)
  if (failed) return <Failure error={failed.error} onRetry={() => void Promise.all(asked.map((query) => query.refetch()))} />
  if (!packs.data || !assignments.data || !units.data) return <BoneRows rows={1} />
  const all = units.data.items
  const reaches = (who: { everyone?: boolean; person?: string; position?: string; unit?: string; below?: boolean }) =>
    who.everyone ||
    who.person === person ||
    (!who.person &&
      posts.some(
        (post) =>
          (!who.position || who.position === post.position) &&
          (!who.unit || who.unit === post.unit || (who.below && pathTo(all, post.unit).some((unit) => unit.id === who.unit))),
      ))
  const carried = new Set(assignments.data.items.filter((a) => reaches(a.who)).map((a) => a.pack))
  return (
    <section>
      <h3>{t('company.packs')}</h3>
      <p className="o-tags">
        {packs.data.items
          .filter((pack) => carried.has(pack.id))
          .map((pack) => (
            <span key={pack.id} className="tag">
              {pick(pack.label)}
            </span>
          ))}
      </p>
    </section>
  )
}

function Sees({ person }: { person: string }) {
  const { t, pick, format } = useText()
  const [asked, setAsked] = useState(false)
  const sees = useSees(person, asked)
  return (
    <section>
      <h3>{t('company.sees.title')}</h3>
      {!asked && (
        <button type="button" className="btn" onClick={() => setAsked(true)}>
          {t('company.sees.ask')}
        </button>
      )}
      {asked && sees.isPending && <BoneRows rows={3} />}
      {hasFailed(sees) && <Failure error={sees.error} onRetry={() => void sees.refetch()} />}
      {sees.data && (
        <dl className="o-sees">
          {sees.data.kinds.map((kind) => (
            <div key={kind.kind}>
              <dt>{pick(kind.label)}</dt>
              <dd className="num">{kind.total.more ? t('company.sees.more', { n: format.number(kind.total.value) }) : format.number(kind.total.value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
