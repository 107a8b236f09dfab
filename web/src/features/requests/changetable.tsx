import { fieldOf, useKinds } from '@/api/kinds'
import type { Asked, AskedChange, AskedCreate, AskedMass, AskedTransfer } from '@/api/requests'
import type { Item, Kind, Value } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** What would change or be made, before and after, as far as the reader sees it. */
export function ChangeTable({ request: r, change }: { request: Asked; change: AskedChange | AskedCreate | AskedMass }) {
  const { t, pick } = useText()
  const kinds = useKinds()
  const kind = kinds.data?.find((k) => k.name === r.kind)
  const before = r.type === 'change' // what is made was nothing before, and many records differ in what they hold
  const cell = (name: string, value: Value | undefined) => <Cell kind={kind} record={r.record?.id ?? ''} name={name} value={value} refs={change.refs} />
  return (
    <div className="request-change" role="region" aria-label={t('requests.changes')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('requests.field')}</th>
            {before && <th scope="col">{t('requests.before')}</th>}
            <th scope="col">{t(r.type === 'create' ? 'requests.value' : 'requests.after')}</th>
          </tr>
        </thead>
        <tbody>
          {change.fields.map((f) => (
            <tr key={f.name}>
              <th scope="row">{pick(f.label)}</th>
              {f.seen ? (
                <>
                  {before && <td>{cell(f.name, f.before)}</td>}
                  <td className={before ? 'request-after' : undefined}>{cell(f.name, f.after)}</td>
                </>
              ) : (
                <td colSpan={before ? 2 : 1} className="muted">
                  {t('requests.notSeen')}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The record was changed since, so that nothing can come of it. */
export function Since() {
  const { t } = useText()
  return (
    <p className="note warn">
      <Icon name="warn" />
      {t('requests.since')}
    </p>
  )
}

function Cell({ kind, record, name, value, refs }: { kind?: Kind; record: string; name: string; value?: Value; refs: Record<string, string> }) {
  const { t } = useText()
  const field = kind && fieldOf(kind, name)
  if (value === undefined || value === null || value === '') return <span className="muted">{t('requests.nothing')}</span>
  if (!kind || !field) return <>{String(value)}</>
  const title = refs[String(value)]
  const item: Item = { id: record, kind: kind.name, version: 0, title: '', fields: { [name]: value }, refs: title === undefined ? {} : { [name]: { id: String(value), title } } }
  return <FieldValue kind={kind} item={item} field={field} />
}

/** To whom, with what, and the words for them. */
export function TransferFacts({ transfer: x }: { transfer: AskedTransfer }) {
  const { t, pick, format } = useText()
  return (
    <>
      <dt>{t('requests.along')}</dt>
      <dd>
        {x.along.length > 0
          ? x.along.map((a) => t('requests.alongOne', { label: pick(a.label), n: format.number(a.count) })).join(t('requests.between'))
          : t('requests.alongNone')}
        {(x.keep_access ?? 0) > 0 && <p className="muted">{t('requests.keep', { n: x.keep_access })}</p>}
      </dd>
      {x.note && (
        <>
          <dt>{t('requests.note')}</dt>
          <dd>{x.note}</dd>
        </>
      )}
    </>
  )
}
