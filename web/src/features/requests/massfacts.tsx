import { useState } from 'react'
import { queries } from '@/api/freshness'
import { useKinds } from '@/api/kinds'
import { undoMass } from '@/api/mass'
import type { Asked, AskedMass } from '@/api/requests'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { ChangeTable } from './changetable'
import { MassRecords } from './massrecords'

/** A change of many records: what would become of them, and of which, as far as the reader sees them. */
export function MassFacts({ request: r, mass }: { request: Asked; mass: AskedMass }) {
  const { t, pick, format } = useText()
  // Below the title of the request, which is the page's on a phone.
  const Title = usePhone() ? 'h2' : 'h3'
  const kinds = useKinds()
  const kind = kinds.data?.find((k) => k.name === r.kind)
  const relations = (mass.with ?? []).map((name) => {
    const relation = kind?.relations.find((one) => one.name === name)
    return relation ? pick(relation.label) : name
  })
  const tags = kind?.fields.find((f) => f.name === 'tags')
  const tagNames = (codes: string[]) =>
    codes
      .map((code) => {
        const choice = tags?.choices?.find((c) => c.code === code)
        return choice ? pick(choice.label) : code
      })
      .join(t('requests.between'))
  return (
    <>
      {mass.fields.length > 0 && <ChangeTable request={r} change={mass} />}
      {(mass.tags || relations.length > 0 || mass.note) && (
        <dl className="request-facts">
          {(['add', 'remove'] as const).map((side) => {
            const codes = mass.tags?.[side] ?? []
            return (
              codes.length > 0 && (
                <div key={side} className="request-fact">
                  <dt>{t(`requests.many.${side}`)}</dt>
                  <dd>{tagNames(codes)}</dd>
                </div>
              )
            )
          })}
          {relations.length > 0 && (
            <div className="request-fact">
              <dt>{t('requests.along')}</dt>
              <dd>{relations.join(t('requests.between'))}</dd>
            </div>
          )}
          {mass.note && (
            <div className="request-fact">
              <dt>{t('requests.note')}</dt>
              <dd>{mass.note}</dd>
            </div>
          )}
        </dl>
      )}
      <section className="request-records" aria-labelledby="request-records">
        <Title id="request-records">{t('requests.many.records', { count: mass.count, n: format.number(mass.count) })}</Title>
        <p className="muted">{t('requests.many.unseen')}</p>
        <MassRecords request={r} mass={mass} />
      </section>
      {mass.came && <Came request={r} came={mass.came} />}
    </>
  )
}

/** What came of it, for who asked, with the way back while there is one. */
function Came({ request: r, came }: { request: Asked; came: NonNullable<AskedMass['came']> }) {
  const { t, format } = useText()
  const problemText = useProblemText()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const left = came.skipped.filter((skip) => skip.params?.late === true).reduce((sum, skip) => sum + skip.count, 0)
  const under = came.status === 'queued' || came.status === 'running'
  const undo = async () => {
    setBusy(true)
    try {
      const back = await undoMass(came.id)
      toast(t('requests.many.undone', { n: format.number(back.undone) }))
    } catch (error) {
      setRefused(problemText(error))
    }
    setBusy(false)
    await queries.invalidateQueries({ queryKey: ['requests', 'one', r.id] })
  }
  return (
    <p className="note">
      <Icon name={under ? 'clock' : 'info'} />
      <span>
        {t(under ? 'requests.many.under' : 'requests.many.came', { n: format.number(came.done) })}
        {left > 0 && ` ${t('requests.many.left', { n: format.number(left) })}`} {refused}
      </span>
      {!under && came.until && came.done > 0 && (
        <button type="button" className="btn" disabled={busy} onClick={() => void undo()}>
          {t('app.undo')}
        </button>
      )}
    </p>
  )
}
