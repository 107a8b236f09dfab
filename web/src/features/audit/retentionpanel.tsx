import { useState } from 'react'
import { archiveFile, type KeptArchive, type Retention, useRetention, useSetRetention } from '@/api/auditkept'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { RetentionForm } from './retentionform'
import { useTerm } from './term'

/** How long entries stay: in plain words, with what happens next and when. */
export function RetentionPanel() {
  const { t } = useText()
  const kept = useRetention()
  const [edits, setEdits] = useState(false)
  return (
    <section className="card seal-panel retention" aria-labelledby="retention-title">
      <header>
        <h2 id="retention-title">
          <Icon name="clock" />
          {t('audit.kept.title')}
        </h2>
        {kept.data && (
          <button type="button" className="btn" onClick={() => setEdits(true)}>
            <Icon name="edit" />
            {t('audit.kept.change')}
          </button>
        )}
      </header>
      {kept.isPending && <BoneRows rows={3} />}
      {hasFailed(kept) && <Failure error={kept.error} onRetry={() => void kept.refetch()} />}
      {kept.data && <Said kept={kept.data} />}
      {kept.data && kept.data.archives.length > 0 && <Archives list={kept.data.archives} takes={kept.data.takes} />}
      {kept.data && edits && <RetentionForm kept={kept.data} onClose={() => setEdits(false)} />}
    </section>
  )
}

function Said({ kept }: { kept: Retention }) {
  const { t, format } = useText()
  const term = useTerm()
  const problemText = useProblemText()
  const set = useSetRetention()
  const { next, moves } = kept
  return (
    <div className="retention-said">
      <p>
        <strong>{kept.days === 0 ? t('audit.kept.all') : t('audit.kept.term', { term: term(kept.days) })}</strong>{' '}
        {kept.by && kept.set_at && <span className="muted">{t('audit.kept.by', { name: kept.by.name, at: format.moment(kept.set_at) })}</span>}
      </p>
      {kept.held && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {kept.held === 'watch' || kept.held === 'stream' ? t(`audit.kept.waits.${kept.held}`) : t('audit.kept.held')}
        </p>
      )}
      {moves && !kept.held && <p>{t('audit.kept.moves', { at: format.moment(moves.at), before: format.moment(moves.before) })}</p>}
      {next && (
        <div className="note retention-next">
          <Icon name="clock" />
          <p>
            {t('audit.kept.next', { name: next.by?.name ?? '', set: format.moment(next.set_at), term: term(next.days), from: format.moment(next.from) })}{' '}
            {next.moves && t('audit.kept.moves', { at: format.moment(next.moves.at), before: format.moment(next.moves.before) })} {t('audit.kept.object')}
          </p>
          <button type="button" className="btn" disabled={set.isPending} onClick={() => set.mutate({ version: kept.version, days: kept.days }, { onSuccess: () => toast(t('audit.kept.taken')) })}>
            {t('audit.kept.takeBack')}
          </button>
        </div>
      )}
      {set.error && (
        <p className="form-fault" role="alert">
          {problemText(set.error)}
        </p>
      )}
      <p className="muted">{t('audit.kept.least', { n: kept.least })}</p>
    </div>
  )
}

/** The archives: what lies in each, and the way to take it away. */
function Archives({ list, takes }: { list: KeptArchive[]; takes: boolean }) {
  const { t, format } = useText()
  return (
    <details className="retention-archives">
      <summary>{t('audit.kept.archives', { count: list.length, n: format.number(list.length) })}</summary>
      <ul>
        {list.map((one) => (
          <li key={one.from}>
            <span>
              <strong>{t('audit.kept.span', { from: format.moment(one.from_at), until: format.moment(one.until_at) })}</strong>{' '}
              <span className="num">{t('audit.entries', { count: one.until - one.from, n: format.number(one.until - one.from) })}</span>
              {!one.removed && <span className="muted"> {t('audit.kept.removing')}</span>}
              {one.erasures && <span className="muted"> {t('audit.kept.erasing')}</span>}
              <br />
              <span className="muted retention-file">{t('audit.kept.file', { file: one.file, hash: one.sha256.slice(0, 16) })}</span>
            </span>
            {takes && (
              <a className="btn" href={archiveFile(one.from)} download aria-label={t('audit.kept.fetch', { file: one.file })}>
                <Icon name="down" />
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className="muted">{t(takes ? 'audit.kept.how' : 'audit.archiveTells')}</p>
    </details>
  )
}
