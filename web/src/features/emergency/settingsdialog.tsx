import { useId, useState } from 'react'
import { type EmergencySettings, useEmergencySettings, useSetEmergencySettings } from '@/api/emergencies'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

const numbers = [
  ['minutes', 240],
  ['review_hours', 168],
  ['late_hours', 168],
  ['per_day', 50],
] as const
const kinds = ['customer', 'contact', 'opportunity', 'contract', 'ticket', 'activity'] as const
const classes = ['general', 'contact', 'communication', 'money', 'internal'] as const

/** What an emergency opens in the company, for how long, and when it is reviewed. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const problem = useProblemText()
  const settings = useEmergencySettings()
  const put = useSetEmergencySettings()
  const [change, setChange] = useState<Partial<EmergencySettings>>({})
  const form = useId()
  const now = settings.data && { ...settings.data, ...change }
  return (
    <FormDialog title={t('emergency.settings')} act={t('emergency.save')} off={!now || put.isPending} form={form} onCancel={onClose}>
      {settings.isPending && <BoneRows rows={5} />}
      {hasFailed(settings) && <Failure error={settings.error} onRetry={() => void settings.refetch()} />}
      {now && (
        <form
          id={form}
          className="emergency-settings"
          onSubmit={(event) => {
            event.preventDefault()
            put.mutate(now, {
              onSuccess: () => {
                toast(t('emergency.saved'))
                onClose()
              },
            })
          }}
        >
          {numbers.map(([name, most]) => (
            <label key={name}>
              <span>{t(`emergency.set.${name}`)}</span>
              <input className="input" type="number" required min={1} max={most} value={now[name]} onChange={(event) => setChange({ ...change, [name]: event.target.valueAsNumber || 0 })} />
            </label>
          ))}
          <Choices legend={t('emergency.set.kinds')} of={kinds} chosen={now.kinds} words={(one) => t(`emergency.kinds.${one}`)} onChosen={(list) => setChange({ ...change, kinds: list })} />
          <Choices
            legend={t('emergency.set.classes')}
            of={classes}
            chosen={now.classes}
            fixed="general"
            words={(one) => t(`classes.${one}`)}
            onChosen={(list) => setChange({ ...change, classes: list })}
          />
          <p className="muted">{t('emergency.never')}</p>
        </form>
      )}
      {put.error && (
        <p className="form-fault" role="alert">
          {problem(put.error)}
        </p>
      )}
    </FormDialog>
  )
}

interface ChoicesProps<Of extends string> {
  legend: string
  of: readonly Of[]
  chosen: string[]
  /** What cannot be left out. */
  fixed?: Of
  words: (one: Of) => string
  onChosen: (list: string[]) => void
}

function Choices<Of extends string>({ legend, of, chosen, fixed, words, onChosen }: ChoicesProps<Of>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="review-choices">
        {of.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              disabled={one === fixed}
              onChange={(event) => onChosen(event.target.checked ? [...chosen, one] : chosen.filter((c) => c !== one))}
            />
            {words(one)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
