import { isDeriving, useRunTags, useTagRuns } from '@/api/taggroups'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'

/** When the tags of a kind were derived last, how far it is, and what that closes while the group has none yet. */
export function LastRun({ kind, group, may }: { kind: string; group: string; may: boolean }) {
  const { t, format } = useText()
  const problem = useProblemText()
  const runs = useTagRuns()
  const begin = useRunTags(kind)
  const run = runs.data?.find((one) => one.kind === kind)
  const under = run && isDeriving(run)
  return (
    <section className="tagging-run" aria-labelledby="tagging-run">
      <header>
        <h3 id="tagging-run">{t('tagging.run.title')}</h3>
        {may && (
          <button type="button" className="btn" disabled={begin.isPending} onClick={() => begin.mutate(under ? 'cancel' : 'begin')}>
            <Icon name={under ? 'close' : 'clock'} />
            {t(under ? 'tagging.run.cancel' : 'tagging.run.begin')}
          </button>
        )}
      </header>
      {under && <progress aria-label={t('tagging.run.title')} max={run.total || undefined} value={run.total ? Math.min(run.looked, run.total) : undefined} />}
      {run && (
        <p role="status">
          {under
            ? t('tagging.run.far', { done: format.integer(run.looked), n: format.integer(run.total) })
            : t(run.status === 'cancelled' ? 'tagging.run.cancelled' : 'tagging.run.done', { at: format.moment(run.finished_at ?? run.created_at), n: format.integer(run.looked), changed: format.integer(run.changed) })}{' '}
          <span className="muted">{t(`tagging.run.why.${run.why}`)}</span>
        </p>
      )}
      {run?.awaits?.includes(group) && (
        <p className="note warn">
          <Icon name="clock" />
          {t('tagging.run.awaits')}
        </p>
      )}
      {begin.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problem(begin.error)}
        </p>
      )}
    </section>
  )
}
