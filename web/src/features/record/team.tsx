import { lazy, Suspense, useState } from 'react'
import { type Collaborator, useLeaveTeam, useTeam } from '@/api/beneath'
import { useGrants } from '@/api/grants'
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
import { InSandboxes } from './insandboxes'
import { LentLine } from './lent'
import { useRecordProblem } from './words'

const AddAccess = lazy(() => withTexts(['access'], import('./addaccess')))
const PutDialog = lazy(() => withTexts(['access', 'sandboxes'], import('@/permission/putdialog')))

/** Who is named to work on the record, by the rules for collaborators or for chosen parts of it. */
export function TeamPanel({ kind, item }: { kind: Kind; item: Item }) {
  const { t, format } = useText()
  const team = useTeam(kind.name, item.id)
  const leave = useLeaveTeam(kind.name, item.id)
  const me = useMe()
  const lent = useGrants({ kind: kind.name, record: item.id, state: 'open' }, me.data !== undefined && !me.data.viewer)
  const problem = useRecordProblem()
  const [adding, setAdding] = useState(false)
  const [putting, setPutting] = useState(false)
  const [asking, setAsking] = useState<Collaborator>()
  const isMe = (one: Collaborator) => one.person.id === me.data?.person.id
  if (team.isPending) return <p role="status" className="muted">{t('app.loading')}</p>
  if (!team.data || hasFailed(team)) return <Failure error={team.error} onRetry={() => void team.refetch()} />
  const leads = mayDo(item, 'edit')
  const given = lent.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="panel-head">
        <p className="muted">{t('record.access.hint')}</p>
        <div className="panel-acts">
          {me.data && !me.data.viewer && (
            <button type="button" className="btn" onClick={() => setAdding(true)}>
              <Icon name="plus" />
              {t('record.access.add')}
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
      {team.data.length + given.length === 0 && <State icon="person" title={t('record.access.none')} />}
      <ul className="files card-list">
        {team.data.map((one) => (
          <li key={one.person.id}>
            <Icon name="person" />
            <div>
              <span className="access-name">
                {one.person.name}
                <span className="tag">{t('record.access.byRules')}</span>
              </span>
              <p className="muted">
                {one.from && new Date(one.from) > new Date() && `${t('record.access.from', { time: format.moment(one.from) })} · `}
                {one.until ? t('record.access.until', { time: format.moment(one.until) }) : t('record.access.always')}{' '}
                <Ending until={one.until} now={team.dataUpdatedAt} />
              </p>
            </div>
            {(leads || isMe(one)) && (
              <button
                type="button"
                className="icon-btn"
                aria-label={isMe(one) ? t('record.access.self.leave') : t('record.access.leave', { person: one.person.name })}
                onClick={() => setAsking(one)}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
        {given.map((grant) => (
          <LentLine key={grant.id} grant={grant} now={lent.dataUpdatedAt} />
        ))}
      </ul>
      {me.data && !me.data.viewer && <InSandboxes kind={kind} item={item} />}
      <Suspense>{adding && <AddAccess kind={kind} item={item} onClose={() => setAdding(false)} />}</Suspense>
      <Suspense>{putting && <PutDialog kind={kind} chosen={{ ids: [item.id] }} count={1} onClose={() => setPutting(false)} />}</Suspense>
      {asking && (
        <FormDialog
          title={isMe(asking) ? t('record.access.self.title') : t('record.access.leaveTitle', { person: asking.person.name })}
          act={isMe(asking) ? t('record.access.self.leave') : t('record.access.leave', { person: asking.person.name })}
          danger
          off={leave.isPending}
          onAct={() =>
            leave.mutate(asking.person.id, {
              onSuccess: () => {
                toast(isMe(asking) ? t('record.access.self.done') : t('record.access.removed', { person: asking.person.name }))
                setAsking(undefined)
              },
            })
          }
          onCancel={() => setAsking(undefined)}
        >
          <p>{t(isMe(asking) ? 'record.access.self.text' : 'record.access.leaveText')}</p>
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
