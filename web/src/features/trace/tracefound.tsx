import { useEffect, useRef } from 'react'
import { useKinds } from '@/api/kinds'
import type { TracedCopy, Tracing } from '@/api/trace'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** What a trace came to. Below the threshold nobody is named. */
export function TraceFound({ found, called }: { found: Tracing; called: string }) {
  const { t, format } = useText()
  const here = useRef<HTMLElement>(null)
  // On a phone it comes below the fold, where nobody would see that it came. The effect gives nothing back:
  // newer browsers answer a scroll with a promise, which is no way to clean up.
  useEffect(() => {
    here.current?.scrollIntoView?.({ block: 'nearest' })
  }, [found])
  const nobody = found.named.length + found.stated.length + found.invented.length === 0
  return (
    <section ref={here} className="trace-found" aria-label={t('trace.answer')}>
      <header>
        <h2>{called}</h2>
        {found.rows > 0 && (
          <p className="muted num">
            {t('trace.read', {
              rows: format.integer(found.rows),
              recognised: format.integer(found.recognised),
              sites: format.integer(found.sites),
              copies: format.integer(found.copies),
              ms: format.integer(found.millis),
            })}
          </p>
        )}
      </header>
      {nobody && (
        <p className="note" role="status">
          <Icon name="info" />
          <span>
            <strong>{t('trace.nobody')}</strong> {t(found.recognised === 0 ? 'trace.notOurs' : 'trace.tooLittle')}
          </span>
        </p>
      )}
      {found.named.map((copy) => (
        <Copy key={copy.code} copy={{ ...copy, canaries: found.invented.find((one) => one.code === copy.code)?.canaries }} by="marks" />
      ))}
      {found.invented
        .filter((copy) => !found.named.some((n) => n.code === copy.code))
        .map((copy) => (
          <Copy key={copy.code} copy={copy} by="canary" />
        ))}
      {found.stated
        .filter((copy) => ![...found.named, ...found.invented].some((n) => n.code === copy.code))
        .map((copy) => (
          <Copy key={copy.code} copy={copy} by="code" />
        ))}
      {found.unknown.length > 0 && <p className="note warn">{t('trace.unknown', { codes: found.unknown.join(t('app.comma')) })}</p>}
    </section>
  )
}

function Copy({ copy, by }: { copy: TracedCopy; by: 'marks' | 'canary' | 'code' }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const kind = kinds.data?.find((k) => k.name === copy.kind)
  const facts: [string, string | undefined][] = [
    [t('trace.at'), format.moment(copy.at)],
    [t('trace.copy'), t('trace.rowsOf', { n: format.integer(copy.rows), kind: kind ? pick(kind.label) : copy.kind, format: copy.format.toUpperCase() })],
    [t('trace.purpose'), copy.purpose],
    [t('trace.device'), [copy.device_label, t(`trace.devices.${copy.device === 'desktop' || copy.device === 'phone' ? copy.device : 'unknown'}`)].filter(Boolean).join(' · ')],
    [t('trace.address'), copy.address],
    [t('trace.session'), copy.session],
    [t('trace.code'), copy.code],
    [t('trace.sealed'), copy.sealed ? (copy.sealed.same ? t('trace.sealedSame', { seq: copy.sealed.seq }) : undefined) : t('trace.sealedNone')],
  ]
  return (
    <article className="card trace-copy">
      <header>
        <h3>
          <Icon name="user" />
          {copy.person?.name ?? t('trace.program')}
          {copy.login && <span className="muted">{copy.login}</span>}
        </h3>
        <span className={by === 'code' ? 'trace-said' : 'trace-sure'}>
          <Icon name={by === 'code' ? 'info' : 'check'} />
          {t(by === 'code' ? 'trace.stated' : by === 'canary' || (copy.exponent ?? 0) >= 12 ? 'trace.certain' : 'trace.sure')}
        </span>
      </header>
      {copy.sealed && !copy.sealed.same && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {t('trace.sealedOther', { seq: copy.sealed.seq, who: copy.sealed.person?.name ?? t('trace.program') })}
        </p>
      )}
      {by !== 'canary' && <p>{by === 'marks' ? t('trace.chance', { n: Math.floor(copy.exponent ?? 0) }) : t('trace.statedText')}</p>}
      {copy.canaries?.map((c) => (
        <p key={c.phone}>{t('trace.canaryFound', { row: c.row, name: c.name, phone: c.phone })}</p>
      ))}
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="num">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {by === 'marks' && <Evidence copy={copy} />}
    </article>
  )
}

/** Blanks at the end are seen. */
const shown = (text: string) => text.replace(/[ \u3000]+$/, (blanks) => '␣'.repeat(blanks.length))

function Evidence({ copy }: { copy: TracedCopy }) {
  const { t, format } = useText()
  const n = (value: number) => format.integer(value)
  return (
    <details>
      <summary>{t('trace.evidence', { agree: n(copy.agree), compared: n(copy.compared), rows: n(copy.held) })}</summary>
      <ul className="trace-forms">
        {copy.by_form.map((f) => (
          <li key={f.form}>
            {t(`trace.forms.${f.form}`)} <span className="num">{`${n(f.agree)} / ${n(f.compared)}`}</span>
          </li>
        ))}
      </ul>
      <div className="trace-cells" role="region" tabIndex={0} aria-label={t('trace.cells')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('trace.row')}</th>
              <th scope="col">{t('trace.cell')}</th>
              <th scope="col">{t('trace.form')}</th>
              <th scope="col">{t('trace.agrees')}</th>
            </tr>
          </thead>
          <tbody>
            {copy.evidence.map((e, i) => (
              <tr key={i}>
                <td className="num">{e.row}</td>
                <td>
                  <code>{shown(e.text)}</code>
                </td>
                <td>{t(`trace.forms.${e.form}`)}</td>
                <td>{t(e.agrees ? 'trace.yes' : 'trace.no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
