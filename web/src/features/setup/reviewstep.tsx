import type { Trade } from '@/api/setup'
import { useText } from '@/lib/usetext'
import type { StepProps } from './form'
import { readUnits } from './unittext'

/** What is about to be made, in one look; people come afterwards. */
export function ReviewStep({ form, change, trade }: StepProps & { trade?: Trade }) {
  const { t, pick, format } = useText()
  const rows: [string, string][] = [
    [t('setup.review.company'), form.company],
    [t('setup.review.admin'), `${form.name} · ${form.login} · ${t(form.seesAll ? 'setup.admin.boss' : 'setup.admin.plain')}`],
    [t('setup.review.trade'), trade ? pick(trade.label) : ''],
    [t('setup.review.units'), format.number(readUnits(form.units).length + 1)],
    [t('setup.review.positions'), form.positions.map((p) => pick(p.label)).join(t('app.comma'))],
  ]
  return (
    <>
      <dl className="card setup-review">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <label className="setup-check">
        <input type="checkbox" checked={form.sample} onChange={(event) => change({ sample: event.target.checked })} />
        <span>
          <strong>{t('setup.review.sample')}</strong>
          <span className="muted">{t('setup.review.sampleText')}</span>
        </span>
      </label>
      <p className="note">{t('setup.review.people')}</p>
    </>
  )
}
