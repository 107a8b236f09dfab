import { useId, useState } from 'react'
import { type Retention, useSetRetention } from '@/api/auditkept'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'
import { useTerm } from './term'

/** Sets how long entries stay; what that means is said before it is set. */
export function RetentionForm({ kept, onClose }: { kept: Retention; onClose: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const term = useTerm()
  const set = useSetRetention()
  const form = useId()
  const [all, setAll] = useState(kept.days === 0)
  const [days, setDays] = useState(kept.days || 730)
  const wanted = all ? 0 : days
  const bad = !all && (!Number.isInteger(days) || days < kept.least || days > kept.most)
  const shorter = wanted !== 0 && (kept.days === 0 || wanted < kept.days)
  const same = wanted === kept.days && !kept.next
  const means = bad
    ? t('audit.kept.range', { least: kept.least, most: kept.most })
    : shorter
      ? t('audit.kept.shorter', { waits: kept.waits, term: term(wanted) })
      : t(same ? 'audit.kept.same' : 'audit.kept.longer')
  return (
    <FormDialog title={t('audit.kept.set')} act={t('audit.kept.save')} off={bad || same || set.isPending} form={form} onCancel={onClose}>
      <form
        id={form}
        className="retention-form"
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate(
            { version: kept.version, days: wanted },
            {
              onSuccess: () => {
                toast(t('audit.kept.saved'))
                onClose()
              },
            },
          )
        }}
      >
        <label className="retention-choice">
          <input type="radio" name="term" checked={all} onChange={() => setAll(true)} />
          {t('audit.kept.all')}
        </label>
        <label className="retention-choice">
          <input type="radio" name="term" checked={!all} onChange={() => setAll(false)} />
          {t('audit.kept.some')}
        </label>
        {!all && (
          <label>
            {t('audit.kept.inDays')}
            <input className="input" type="number" required min={kept.least} max={kept.most} value={days || ''} onChange={(event) => setDays(event.target.valueAsNumber || 0)} />
          </label>
        )}
        <p role="status" className={bad ? 'form-fault' : 'muted'}>
          {means}
        </p>
        {set.error && (
          <p className="form-fault" role="alert">
            {problemText(set.error)}
          </p>
        )}
      </form>
    </FormDialog>
  )
}
