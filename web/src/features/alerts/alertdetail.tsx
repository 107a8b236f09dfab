import { useState } from 'react'
import { type AlertDetail as Detail, useActOnAlert, useAlert } from '@/api/alerts'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Behind } from './behind'
import { useSaw } from './saw'
import { VerdictForm } from './verdictform'

/** One alert: what was seen against what is usual, what was done, the entries behind it, and a verdict. */
export function AlertDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useText()
  const alert = useAlert(id)
  return (
    <>
      <button type="button" className="quiet alerts-back" onClick={onBack}>
        <Icon name="left" />
        {t('alerts.back')}
      </button>
      {alert.isPending && <BoneRows rows={6} />}
      {hasFailed(alert) && <Failure error={alert.error} onRetry={() => void alert.refetch()} />}
      {alert.data && <Shown alert={alert.data} />}
    </>
  )
}

function Shown({ alert }: { alert: Detail }) {
  const { t, format } = useText()
  const saw = useSaw()(alert)
  return (
    <article className="alert-one">
      <header>
        <h2>
          {alert.person.name} · {t(`alerts.names.${alert.detector}`)}
        </h2>
        <span className={`alert-state ${alert.state}`}>{t(`alerts.states.${alert.state}`)}</span>
      </header>
      <p className="alert-saw">{saw.saw}</p>
      {alert.detector !== 'honey' && (
        <>
          <p className="muted">{saw.against}</p>
          <Measure numbers={alert.numbers} />
        </>
      )}
      <dl>
        <dt>{t('alerts.at')}</dt>
        <dd className="num">{format.moment(alert.at)}</dd>
        <dt>{t('alerts.follows')}</dt>
        <dd>{t(`alerts.done.${alert.done}`)}</dd>
        {alert.by && (
          <>
            <dt>{t('alerts.verdict')}</dt>
            <dd>
              {t('alerts.judged', { name: alert.by.name, at: format.moment(alert.judged_at ?? alert.at) })}
              {alert.note && <span className="alert-note">{alert.note}</span>}
            </dd>
          </>
        )}
      </dl>
      <Acts alert={alert} />
      {alert.can.includes('judge') && <VerdictForm id={alert.id} />}
      <Behind entries={alert.entries} />
      {alert.archived && <p className="note">{t('alerts.archivedEntries')}</p>}
    </article>
  )
}

/** Seen, usual and the bound as bars on one scale. */
function Measure({ numbers }: { numbers: Detail['numbers'] }) {
  const { t, format } = useText()
  const rows = (['seen', 'usual', 'bound'] as const).filter((row) => row !== 'usual' || numbers.days > 0)
  const most = Math.max(...rows.map((row) => numbers[row]), 1)
  return (
    <dl className="alert-measure">
      {rows.map((row) => (
        <div key={row} className={row}>
          <dt>{t(`alerts.measure.${row}`)}</dt>
          <dd>
            <meter min={0} max={most} value={numbers[row]} aria-label={t(`alerts.measure.${row}`)} />
            <span className="num">{format.number(numbers[row])}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Acts({ alert }: { alert: Detail }) {
  const { t } = useText()
  const problem = useProblemText()
  const act = useActOnAlert(alert.id)
  const [asked, setAsked] = useState<'freeze' | 'ask-factor'>()
  const key = asked === 'freeze' ? 'freeze' : 'ask'
  return (
    <div className="alert-acts">
      {alert.can.includes('freeze') && (
        <button type="button" className="btn danger" disabled={alert.frozen || act.isPending} onClick={() => setAsked('freeze')}>
          <Icon name="lock" />
          {t(alert.frozen ? 'alerts.frozen' : 'alerts.freeze')}
        </button>
      )}
      {alert.can.includes('ask_factor') && (
        <button type="button" className="btn" disabled={alert.frozen || act.isPending} onClick={() => setAsked('ask-factor')}>
          <Icon name="shield" />
          {t('alerts.ask')}
        </button>
      )}
      {act.error && (
        <p className="form-fault" role="alert">
          {problem(act.error)}
        </p>
      )}
      {asked && (
        <FormDialog
          title={t(`alerts.${key}Title`, { name: alert.person.name })}
          act={t(`alerts.${key}`)}
          danger={asked === 'freeze'}
          onCancel={() => setAsked(undefined)}
          onAct={() => {
            setAsked(undefined)
            act.mutate(asked, { onSuccess: () => toast(t('alerts.acted')) })
          }}
        >
          <p>{t(`alerts.${key}Text`)}</p>
        </FormDialog>
      )}
    </div>
  )
}
