import { useState } from 'react'
import { hasFailed } from '@/api/problem'
import { type RevealSettings, useRevealSettings, useSetRevealSettings } from '@/api/reveal'
import { useHasRight } from '@/api/session'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { toggled } from '@/permission/along'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

const classes = ['contact', 'money', 'identity', 'communication', 'internal', 'general'] as const

/** What revealing a masked field takes, beside a rule that permits it. */
export function RevealSettingsPart() {
  const { t } = useText()
  const settings = useRevealSettings()
  return (
    <section aria-label={t('reveal.settings.title')}>
      <h2>{t('reveal.settings.title')}</h2>
      <p className="muted">{t('reveal.settings.hint')}</p>
      {settings.isPending && <BoneRows rows={4} />}
      {hasFailed(settings) && <Failure error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <Form key={settings.data.version} saved={settings.data} />}
    </section>
  )
}

function Form({ saved }: { saved: RevealSettings }) {
  const { t } = useText()
  const problemText = useProblemText()
  const put = useSetRevealSettings()
  const may = useHasRight('policy')
  const [now, setNow] = useState(saved)
  const number = (name: 'per_day' | 'seconds', low: number, high: number) => (
    <label>
      <span>{t(`reveal.settings.${name}`)}</span>
      <input
        className="input num"
        type="number"
        required
        min={low}
        max={high}
        value={Number.isNaN(now[name]) ? '' : now[name]}
        onChange={(event) => setNow({ ...now, [name]: event.target.valueAsNumber })}
      />
    </label>
  )
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate(now, { onSuccess: () => toast(t('reveal.settings.saved')) })
      }}
    >
      <fieldset disabled={!may}>
        <legend>{t('reveal.settings.factor')}</legend>
        {classes.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={now.factor.includes(name)} onChange={(event) => setNow({ ...now, factor: toggled(now.factor, name, event.target.checked) })} />
            <span>{t(`reveal.classes.${name}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset disabled={!may}>
        <legend>{t('reveal.settings.limits')}</legend>
        <div className="signin-hours">
          {number('per_day', 0, 1000)}
          {number('seconds', 5, 120)}
        </div>
      </fieldset>
      {put.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(put.error)}
        </p>
      )}
      {may && (
        <button type="submit" className="btn primary" disabled={put.isPending}>
          {t('reveal.settings.save')}
        </button>
      )}
    </form>
  )
}
