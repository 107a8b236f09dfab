import { lazy, Suspense, useState } from 'react'
import { type Collaborator, useLeaveTeam, useTeam } from '@/api/beneath'
import { hasFailed } from '@/api/problem'
import { useMe } from '@/api/session'
import type { Item, Kind } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { FormDialog } from '@/ui/formdialog'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { toast } from '@/ui/toast'
import { AddAccess } from './addaccess'
import { Lent } from './lent'
import { useRecordProblem } from './words'

const GiveDialog = lazy(() => withTexts(['access'], import('@/permission/givedialog')))
const PutDialog = lazy(() => withTexts(['access', 'sandboxes'], import('@/permission/putdialog')))

/** Who is named to work on the record. */
export function TeamPanel({ kind, item }: { kind: Kind; item: Item }) {
  const { t, format } = useText()
  const team = useTeam(kind.name, item.id)
  const leave = useLeaveTeam(kind.name, item.id)
  const me = useMe()
  const problem = useRecordProblem()
  const [adding, setAdding] = useState(false)
  const [giving, setGiving] = useState(false)
  const [putting, setPutting] = useState(false)
  const [asking, setAsking] = useState<Collaborator>()
  if (team.isPending) return <p role="status" className="muted">{t('app.loading')}</p>
  if (!team.data || hasFailed(team)) return <Failure error={team.error} onRetry={() => void team.refetch()} />
  const leads = mayDo(item, 'edit')
  return (
    <>
      <div className="panel-head">
        <p className="muted">{t('record.access.hint')}</p>
        <div className="panel-acts">
          {leads && (
            <button type="button" className="btn" onClick={() => setAdding(true)}>
              <Icon name="plus" />
              {t('record.access.add')}
            </button>
          )}
          {me.data && !me.data.viewer && (
            <button type="button" className="btn" onClick={() => setGiving(true)}>
              <Icon name="share" />
              {t('record.access.grant')}
            </button>
          )}
          {me.data && !me.data.viewer && (
            <button type="button" className="btn" onClick={() => setPutting(true)}>
              <Icon name="person" />
              {t('record.access.sandbox')}
            </button>
          )}
        </div>
      </div>
      {team.data.length === 0 && <State icon="person" title={t('record.access.none')} />}
      <ul className="files card-list">
        {team.data.map((one) => (
          <li key={one.person.id}>
            <Icon name="person" />
            <div>
              {one.person.name}
              <p className="muted">
                {one.from && new Date(one.from) > new Date() && `${t('record.access.from', { time: format.moment(one.from) })} · `}
                {one.until ? t('record.access.until', { time: format.moment(one.until) }) : t('record.access.always')}{' '}
                <Ending until={one.until} now={team.dataUpdatedAt} />
              </p>
            </div>
            {(leads || one.person.id === me.data?.person.id) && (
              <button
                type="button"
                className="icon-btn"
                aria-label={t('record.access.leave', { person: one.person.name })}
                onClick={() => setAsking(one)}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {me.data && !me.data.viewer && <Lent kind={kind} item={item} />}
      {adding && <AddAccess kind={kind} item={item} onClose={() => setAdding(false)} />}
      <Suspense>{putting && <PutDialog kind={kind} chosen={{ ids: [item.id] }} count={1} onClose={() => setPutting(false)} />}</Suspense>
      <Suspense>{giving && <GiveDialog kind={kind} chosen={{ ids: [item.id] }} count={1} onClose={() => setGiving(false)} />}</Suspense>
      {asking && (
        <FormDialog
          title={t('record.access.leaveTitle', { person: asking.person.name })}
          act={t('record.access.leave', { person: asking.person.name })}
          danger
          off={leave.isPending}
          onAct={() =>
            leave.mutate(asking.person.id, {
              onSuccess: () => {
                toast(t('record.access.removed', { person: asking.person.name }))
                setAsking(undefined)
              },
            })
          }
          onCancel={() => setAsking(undefined)}
        >
          <p>{t('record.access.leaveText')}</p>
          {leave.isError && (
            <p className="form-fault" role="alert">
              {problem(leave.error)}
            </p>
          )}
        </FormDialog>
      )}
    </>
  )
}
