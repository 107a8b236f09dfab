import { useId, useState } from 'react'
import { type Erased, type ErasurePlan, useErase } from '@/api/auditkept'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'

/** What goes, what stays, what is not reached; then the erasing itself, and what came of it. */
export function ErasePlan({ plan }: { plan: ErasurePlan }) {
  const { t, pick, format } = useText()
  const [asks, setAsks] = useState(false)
  const [done, setDone] = useState<Erased>()
  const count = (n: number) => (plan.more && n >= 10_000 ? t('audit.erase.atLeast', { n: format.number(n) }) : t('audit.entries', { count: n, n: format.number(n) }))
  const nothing = plan.details === 0 && plan.origins === 0 && plan.archives === 0
  const what = `${plan.kind_label?.zh ? pick(plan.kind_label) : t('audit.erase.colleague')} ${plan.record.title || `#${plan.record.id}`}`
  return (
    <section className="card seal-panel erase-plan" aria-labelledby="erase-plan">
      <h2 id="erase-plan">{what}</h2>
      {done !== undefined && (
        <p className="seal-state good" role="status">
          <Icon name="check" />
          {t('audit.erase.done', { count: done.entries, n: format.number(done.entries) })}
          {done.archives > 0 && t('audit.erase.ordered', { count: done.archives, n: format.number(done.archives) })}
        </p>
      )}
      {nothing ? (
        done === undefined && <p>{t('audit.erase.nothing')}</p>
      ) : (
        <>
          <h3>{t('audit.erase.goes')}</h3>
          <ul>
            {plan.details > 0 && <li>{t('audit.erase.details', { entries: count(plan.details) })}</li>}
            {plan.origins > 0 && <li>{t('audit.erase.origins', { entries: count(plan.origins) })}</li>}
            {plan.archives > 0 && <li>{t('audit.erase.archives', { count: plan.archives, n: format.number(plan.archives) })}</li>}
          </ul>
        </>
      )}
      <h3>{t('audit.erase.stays')}</h3>
      <ul>
        <li>{t('audit.erase.facts')}</li>
        <li>{t('audit.erase.verifies')}</li>
        <li>{t('audit.erase.copies')}</li>
      </ul>
      {plan.writing > 0 && <p className="muted">{t('audit.erase.writing', { count: plan.writing, n: format.number(plan.writing) })}</p>}
      {plan.waiting && <p className="muted">{t('audit.erase.waiting')}</p>}
      {!nothing && (
        <div className="seal-buttons">
          <button type="button" className="btn danger" disabled={plan.waiting} onClick={() => setAsks(true)}>
            {t('audit.erase.act')}
          </button>
        </div>
      )}
      {asks && (
        <Reason
          about={{ kind: plan.kind, record: plan.record.id }}
          what={what}
          onDone={(came) => {
            setDone(came)
            setAsks(false)
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </section>
  )
}

interface ReasonProps {
  about: { kind: string; record: string }
  what: string
  onDone: (done: Erased) => void
  onClose: () => void
}

function Reason({ about, what, onDone, onClose }: ReasonProps) {
  const { t } = useText()
  const problemText = useProblemText()
  const erase = useErase()
  const form = useId()
  const [reason, setReason] = useState('')
  return (
    <FormDialog title={t('audit.erase.sure', { what })} act={t('audit.erase.act')} danger off={reason.trim() === '' || erase.isPending} form={form} onCancel={onClose}>
      <form
        id={form}
        className="retention-form"
        onSubmit={(event) => {
          event.preventDefault()
          erase.mutate({ ...about, reason: reason.trim() }, { onSuccess: onDone })
        }}
      >
        <p>{t('audit.erase.final')}</p>
        <label>
          {t('audit.erase.reason')}
          <textarea className="input" rows={3} maxLength={500} required value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        {erase.error && (
          <p className="form-fault" role="alert">
            {problemText(erase.error)}
          </p>
        )}
      </form>
    </FormDialog>
  )
}
