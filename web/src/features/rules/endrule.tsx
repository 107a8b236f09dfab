import { useId, useState } from 'react'
import type { Rule } from '@/api/policytypes'
import { useEndRule } from '@/api/rules'
import { localText } from '@/permission/grantwindow'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'
import '@/permission/give.css'

/** Brings the end of a permit forward, at once and without a draft: to now, or to a moment before its end. */
export function EndRule({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { t, format } = useText()
  const id = useId()
  const [later, setLater] = useState(false)
  const [until, setUntil] = useState(() => localText(rule.until ? new Date(rule.until) : new Date()))
  const [lack, setLack] = useState(false)
  const end = useEndRule()
  const problem = useProblemText()
  const save = () => {
    const at = new Date(until)
    const missing = later && Number.isNaN(at.getTime())
    setLack(missing)
    if (missing) return
    end.mutate(
      { id: rule.id, ...(later ? { until: at.toISOString() } : {}) },
      {
        onSuccess: () => {
          toast(t('rules.end.done'))
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog title={t('rules.end.title')} act={t('rules.end.act')} danger off={end.isPending} onAct={save} onCancel={onClose}>
      <div className="give-form">
        <p>{rule.name || rule.scene}</p>
        <p className="muted">{rule.until ? t('rules.end.text', { until: format.moment(rule.until) }) : t('rules.end.textOpen')}</p>
        <fieldset>
          <legend>{t('rules.end.when')}</legend>
          <label>
            <input type="radio" name={`${id}-when`} checked={!later} onChange={() => setLater(false)} />
            {t('rules.end.now')}
          </label>
          <label>
            <input type="radio" name={`${id}-when`} checked={later} onChange={() => setLater(true)} />
            {t('rules.end.at')}
          </label>
        </fieldset>
        {later && <input className="input" type="datetime-local" aria-label={t('rules.end.at')} value={until} onChange={(event) => setUntil(event.target.value)} />}
        {(lack || end.error) && (
          <p className="form-fault" role="alert">
            {lack ? t('rules.end.lack') : problem(end.error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
