import { useState } from 'react'
import { type ExportAsked, useExport, useExportPlan } from '@/api/jobs'
import { hasFailed } from '@/api/problem'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { ExportNarrowed, ExportWhat } from './exportwhat'
import type { ExportSearch } from './search'

interface Props {
  kinds: Kind[]
  search: ExportSearch
  onCancel: () => void
  onDone: () => void
  /** Asks for it instead. */
  onAsk: (kind: string | undefined) => void
}

/** Says what the file would hold and what not, before it is asked for. */
export function ExportForm({ kinds, search, onCancel, onDone, onAsk }: Props) {
  const { t, lang, pick, format } = useText()
  const problemText = useProblemText()
  const [name, setName] = useState(kinds.some((k) => k.name === search.kind) ? search.kind : kinds[0]?.name)
  const [style, setStyle] = useState<ExportAsked['format']>('xlsx')
  const [words, setWords] = useState<'zh' | 'en'>(lang.startsWith('zh') ? 'zh' : 'en')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [purpose, setPurpose] = useState('')
  const from = name === search.kind ? search : {}
  const kind = kinds.find((k) => k.name === name)
  const query = { kind: name ?? '', filter: from.filter, q: from.q, sort: from.sort }
  const plan = useExportPlan({ ...query, format: 'csv' }, kind !== undefined)
  const order = useExport()

  if (!kind) {
    return (
      <p className="note warn">
        <Icon name="lock" />
        {t('jobs.mayNotExport')}
      </p>
    )
  }
  const fields = plan.data?.kind === name ? (plan.data?.fields ?? []) : []
  const shown = fields.filter((f) => f.level !== 'hidden')
  const hidden = fields.filter((f) => f.level === 'hidden')
  const masked = shown.filter((f) => f.level !== 'plain')
  const labelOf = (field: string) => {
    const known = kind.fields.find((f) => f.name === field)
    return known ? pick(known.label) : field
  }
  const names = (list: { name: string }[]) => list.map((f) => labelOf(f.name)).join(t('jobs.between'))
  const chosen = shown.filter((f) => !left.has(f.name))
  const total = plan.data?.total
  // A field that is left out is not waited for.
  const heldFields = plan.data?.held?.fields.filter((field) => !left.has(field)) ?? []
  const held = plan.data?.held && (plan.data.held.records > 0 || heldFields.length > 0) ? plan.data.held : undefined
  return (
    <form
      className="card export-form"
      aria-label={t('jobs.newExport')}
      onSubmit={(event) => {
        event.preventDefault()
        order.mutate({ ...query, purpose: purpose.trim(), format: style, lang: words, fields: left.size > 0 ? chosen.map((f) => f.name) : undefined }, { onSuccess: onDone })
      }}
    >
      <ExportWhat
        kinds={kinds}
        kind={name}
        onKind={(next) => {
          setName(next)
          setLeft(new Set())
        }}
        format={style}
        onFormat={setStyle}
      >
        <label>
          {t('jobs.language')}
          <select className="input" value={words} onChange={(event) => setWords(event.target.value === 'en' ? 'en' : 'zh')}>
            <option value="zh">{t('user.zh-CN')}</option>
            <option value="en">{t('user.en')}</option>
          </select>
        </label>
        <label>
          {t('ask.purpose')}
          <input className="input" value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
        </label>
      </ExportWhat>
      {hasFailed(plan) ? (
        <Failure error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <>
          <ExportNarrowed from={from} />
          <ul className="export-says">
            <li>
              <Icon name="check" />
              {total ? t(total.capped ? 'jobs.saysMore' : 'jobs.says', { count: total.count, n: format.integer(total.count) }) : t('app.loading')}
            </li>
            {masked.length > 0 && (
              <li>
                <Icon name="lock" />
                {t('jobs.saysMasked', { fields: names(masked) })}
              </li>
            )}
            {hidden.length > 0 && (
              <li>
                <Icon name="lock" />
                {t('jobs.saysHidden', { fields: names(hidden) })}
              </li>
            )}
            {held && (
              <li className="export-held">
                <Icon name="shield" />
                <span>
                  {t('jobs.saysHeld', {
                    what: [
                      held.records > 0 ? t('jobs.heldRecords', { n: format.number(held.records) }) : '',
                      heldFields.length > 0 ? t('jobs.heldFields', { fields: names(heldFields.map((one) => ({ name: one }))) }) : '',
                    ]
                      .filter(Boolean)
                      .join(t('jobs.between')),
                  })}{' '}
                  <button type="button" className="btn" onClick={() => onAsk(name)}>
                    {t('jobs.askInstead')}
                  </button>
                </span>
              </li>
            )}
            {plan.data?.day.limit !== undefined && (
              <li>
                <Icon name="clock" />
                {t('jobs.saysDay', { taken: format.number(plan.data.day.taken), limit: format.number(plan.data.day.limit) })}
              </li>
            )}
            {plan.data?.partial && (
              <li>
                <Icon name="info" />
                {t('jobs.saysPartial')}
              </li>
            )}
          </ul>
          <details className="export-fields">
            <summary>{t('jobs.fields', { count: chosen.length, all: shown.length })}</summary>
            <div className="export-checks">
              {shown.map((f) => (
                <label key={f.name} className="map-check">
                  <input
                    type="checkbox"
                    checked={!left.has(f.name)}
                    onChange={(event) => {
                      const next = new Set(left)
                      if (event.target.checked) next.delete(f.name)
                      else next.add(f.name)
                      setLeft(next)
                    }}
                  />
                  {labelOf(f.name)}
                </label>
              ))}
            </div>
          </details>
        </>
      )}
      {order.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(order.error)}
        </p>
      )}
      <footer className="jobs-foot">
        <button type="button" className="btn" onClick={onCancel}>
          {t('app.cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={order.isPending || purpose.trim() === '' || chosen.length === 0 || !plan.data || held !== undefined}>
          {t('jobs.order')}
        </button>
      </footer>
    </form>
  )
}
