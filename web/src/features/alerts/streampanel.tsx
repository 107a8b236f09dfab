import { useId, useState } from 'react'
import { type Stream, useSetStream, useStream, useTryStream } from '@/api/alerts'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { toast } from '@/ui/toast'

/** Where events are sent, and how far that is. */
export function StreamPanel({ may }: { may: boolean }) {
  const { t } = useText()
  const stream = useStream()
  const [secret, setSecret] = useState<string>()
  if (stream.isPending) return <BoneRows rows={5} />
  if (!stream.data || hasFailed(stream)) return <Failure error={stream.error} onRetry={() => void stream.refetch()} />
  if (!may && stream.data.version === 0) return <State icon="shield" title={t('alerts.streamNone')} text={`${t('alerts.streamText')} ${t('alerts.streamRead')}`} />
  return (
    <section className="alerts-panel">
      {stream.data.stopped_at && <Stopped at={stream.data.stopped_at} status={stream.data.failed_status} />}
      <Form key={stream.data.version} stream={stream.data} may={may} onSecret={setSecret} />
      {secret && <Secret text={secret} />}
      {stream.data.former_until && <Former stream={stream.data} until={stream.data.former_until} may={may} />}
      {stream.data.version > 0 && may && <Try key={`try ${stream.data.version}`} />}
      {stream.data.version > 0 && <Standing stream={stream.data} />}
    </section>
  )
}

function Form({ stream, may, onSecret }: { stream: Stream; may: boolean; onSecret: (secret: string | undefined) => void }) {
  const { t } = useText()
  const problem = useProblemText()
  const save = useSetStream()
  const { on, url, entries, values } = stream
  const [draft, setDraft] = useState({ on: stream.version === 0 || on, url, entries, values })
  const field = useId()
  const edited = stream.version > 0 && (draft.on !== on || draft.url !== url || draft.entries !== entries || draft.values !== values)
  const send = (secret?: string) =>
    save.mutate(
      { ...draft, secret, version: stream.version },
      {
        onSuccess: (set) => {
          onSecret(set.secret)
          toast(t('alerts.saved'))
        },
      },
    )
  return (
    <form
      className="stream-form"
      aria-label={t('alerts.tabs.stream')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p className="muted">
        {t('alerts.streamText')} {!may && t('alerts.streamRead')}
      </p>
      <fieldset disabled={!may}>
        <label htmlFor={field}>{t('alerts.url')}</label>
        <input id={field} className="input" type="url" required maxLength={500} value={draft.url} onChange={(event) => setDraft({ ...draft, url: event.target.value })} />
        {(['on', 'entries', 'values'] as const).map((name) => (
          <label key={name} className="stream-choice">
            <input type="checkbox" checked={draft[name]} onChange={(event) => setDraft({ ...draft, [name]: event.target.checked })} />
            {t(`alerts.stream.${name}`)}
          </label>
        ))}
      </fieldset>
      {save.error && (
        <p className="form-fault" role="alert">
          {problem(save.error)}
        </p>
      )}
      {may && (
        <div className="alert-acts">
          <button type="submit" className="btn primary" disabled={draft.url === '' || save.isPending}>
            {t('alerts.save')}
          </button>
          {stream.version > 0 && !stream.former_until && (
            <button type="button" className="btn" disabled={edited || save.isPending} onClick={() => send('new')}>
              {t('alerts.newSecret')}
            </button>
          )}
        </div>
      )}
    </form>
  )
}

/** Why nothing is sent any more. */
function Stopped({ at, status }: { at: string; status?: number }) {
  const { t, format } = useText()
  return (
    <p className="note bad" role="status">
      <Icon name="warn" />
      <span>{t('alerts.stopped', { at: format.moment(at), status })}</span>
    </p>
  )
}

/** The secret before the newest, while it signs too. */
function Former({ stream, until, may }: { stream: Stream; until: string; may: boolean }) {
  const { t, format } = useText()
  const problem = useProblemText()
  const save = useSetStream()
  const { on, url, entries, values, version } = stream
  return (
    <div className="stream-try">
      <span>{t('alerts.formerUntil', { at: format.moment(until) })}</span>
      {may && (
        <button type="button" className="btn" disabled={save.isPending} onClick={() => save.mutate({ on, url, entries, values, end_former: true, version })}>
          {t('alerts.endFormer')}
        </button>
      )}
      {save.error && (
        <p className="form-fault" role="alert">
          {problem(save.error)}
        </p>
      )}
    </div>
  )
}

function Secret({ text }: { text: string }) {
  const { t } = useText()
  return (
    <p className="note" role="status">
      <Icon name="lock" />
      <span>
        {t('alerts.secret')} <code className="stream-secret">{text}</code>
      </span>
    </p>
  )
}

/** Sends a test event to the address that was saved, and says what came back. */
function Try() {
  const { t } = useText()
  const problem = useProblemText()
  const trial = useTryStream()
  const came = trial.data
  return (
    <div className="stream-try">
      <button type="button" className="btn" disabled={trial.isPending} onClick={() => trial.mutate()}>
        {t(trial.isPending ? 'alerts.try.sending' : 'alerts.try.send')}
      </button>
      <span className="muted">{t('alerts.try.text')}</span>
      {trial.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problem(trial.error)}
        </p>
      )}
      {came && (
        <p className={came.outcome === 'arrived' ? 'note' : 'note bad'} role="status">
          <Icon name={came.outcome === 'arrived' ? 'check' : 'warn'} />
          <span>
            {t(`alerts.try.${came.outcome}`, { status: came.status })} {t('alerts.try.message')} <code className="stream-secret">{came.id}</code>
          </span>
        </p>
      )}
    </div>
  )
}

function Standing({ stream }: { stream: Stream }) {
  const { t, format } = useText()
  return (
    <dl className="stream-standing">
      <dt>{t('alerts.sent')}</dt>
      <dd className="num">{stream.sent_at ? format.moment(stream.sent_at) : t('alerts.notYet')}</dd>
      <dt>{t('alerts.behindBy')}</dt>
      <dd className="num">{format.number(stream.behind)}</dd>
      {stream.failed && (
        <>
          <dt>{t('alerts.failed')}</dt>
          <dd className="alert-bad">
            {t(`alerts.try.${stream.failed}`, { status: stream.failed_status })}
            {stream.next_at && ` · ${t('alerts.nextTry', { at: format.moment(stream.next_at) })}`}
          </dd>
        </>
      )}
    </dl>
  )
}
