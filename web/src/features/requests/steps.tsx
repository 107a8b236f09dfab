import type { Asked, Verdict } from '@/api/requests'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { sourceText } from './words'

/** The chain: who decided what in which words, who may decide now, and who comes after. */
export function Steps({ request: r }: { request: Asked }) {
  const text = useText()
  const { t } = text
  const Title = usePhone() ? 'h2' : 'h3'
  const waits = r.waits.map((w) => (w.for ? t('requests.standIn', { who: w.person.name, for: w.for.name }) : w.joined ? t('requests.joined', { who: w.person.name }) : w.person.name))
  return (
    <section className="request-steps" aria-label={t('requests.steps')}>
      <Title>{t('requests.steps')}</Title>
      <ol>
        {r.steps.map((step, i) => (
          <li key={i} className={step.state}>
            <p>
              <strong>{step.by.map((by) => sourceText(text, by)).join(t(step.all ? 'requests.and' : 'requests.or'))}</strong>
              {step.added && <span className="muted"> {t('requests.added')}</span>}
            </p>
            {r.decisions
              .filter((d) => d.step === i)
              .map((d) => (
                <Decision key={`${d.at} ${d.person.id}`} decision={d} />
              ))}
            {step.state === 'now' && (
              <p className="muted">
                {waits.length > 0 ? t(waits.length === 1 ? 'requests.waitsOne' : step.all ? 'requests.waitsAll' : 'requests.waits', { who: waits.join(t('requests.between')) }) : t('requests.waitsThem')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Decision({ decision: d }: { decision: Verdict }) {
  const { t, format } = useText()
  const who = d.for ? t('requests.standIn', { who: d.person.name, for: d.for.name }) : d.person.name
  return (
    <div className={`request-verdict ${d.verdict}`}>
      <p>
        <Icon name={d.verdict === 'approve' ? 'check' : d.verdict === 'refuse' ? 'close' : 'right'} />
        {t(`requests.verdicts.${d.verdict}`, { who, when: format.moment(d.at) })}
      </p>
      {d.words && <blockquote>{d.words}</blockquote>}
    </div>
  )
}
