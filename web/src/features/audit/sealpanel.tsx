import { type AuditSeal, auditArchive, isChecking, useVerifyAudit } from '@/api/auditlog'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { LastCheck } from './lastcheck'

/** How far the log is sealed, with which key, and what is done with it. */
export function SealPanel({ seal }: { seal: AuditSeal }) {
  const { t, format } = useText()
  const problemText = useProblemText()
  const verify = useVerifyAudit()
  const busy = verify.isPending || isChecking(seal.check)
  const fresh = seal.size > 0 && !seal.late
  return (
    <section className="card seal-panel" aria-labelledby="seal-title">
      <header>
        <h2 id="seal-title">
          <Icon name="shield" />
          {t('audit.seal')}
        </h2>
        <span className={fresh ? 'seal-state good' : 'seal-state bad'} role={fresh ? undefined : 'alert'}>
          <Icon name={fresh ? 'check' : 'warn'} />
          {seal.late ? t('audit.late', { at: format.moment(seal.since ?? '') }) : t(fresh ? 'audit.fresh' : 'audit.none')}
        </span>
      </header>
      {seal.size > 0 && (
        <dl>
          <dt>{t('audit.upTo')}</dt>
          <dd className="num">
            {t('audit.entries', { count: seal.size, n: format.number(seal.size) })}
            {seal.waiting > 0 && <span className="muted"> · {t('audit.waiting', { count: seal.waiting, n: format.number(seal.waiting) })}</span>}
          </dd>
          <dt>{t('audit.at')}</dt>
          <dd className="num">{seal.at ? format.moment(seal.at) : ''}</dd>
          <dt>{t('audit.head')}</dt>
          <dd>
            <Copied text={seal.root ?? ''} short={`${seal.root?.slice(0, 16)}…`} what={t('audit.head')} />
          </dd>
          {seal.keys.map((key, i) => (
            <div key={key.text}>
              <dt>{t(i === 0 ? 'audit.key' : 'audit.olderKey')}</dt>
              <dd>
                <Copied text={key.text} short={key.fingerprint} what={t(i === 0 ? 'audit.key' : 'audit.olderKey')} />
              </dd>
            </div>
          ))}
          <dt>{t('audit.last')}</dt>
          <dd>
            <LastCheck check={seal.check} />
          </dd>
        </dl>
      )}
      {verify.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(verify.error)}
        </p>
      )}
      {seal.size > 0 && (
        <div className="seal-buttons">
          <button type="button" className="btn primary" disabled={busy} onClick={() => verify.mutate()}>
            <Icon name="check" />
            {t('audit.verify')}
          </button>
          {seal.takes && (
            <a className="btn" href={auditArchive} download>
              <Icon name="down" />
              {t('audit.archive')}
            </a>
          )}
        </div>
      )}
      {!seal.takes && <p className="muted">{t('audit.archiveTells')}</p>}
      <p className="muted seal-how">{t('audit.how')}</p>
    </section>
  )
}

/** A long text of which the beginning shows; a press copies the whole. */
function Copied({ text, short, what }: { text: string; short: string; what: string }) {
  const { t } = useText()
  const copy = () => navigator.clipboard.writeText(text).then(() => toast(t('audit.copied', { what })))
  return (
    <button type="button" className="seal-copy" title={text} onClick={() => void copy()}>
      <code>{short}</code>
      <span>{t('audit.copy')}</span>
      <span className="sr-only">{what}</span>
    </button>
  )
}
