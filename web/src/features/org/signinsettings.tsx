import { useState } from 'react'
import { type SignInSettings, useSetSignInSettings, useSignInSettings } from '@/api/factor'
import { hasFailed } from '@/api/problem'
import { useHasRight } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { WatermarkSettings } from './watermarksettings'
import { RevealSettingsPart } from './revealsettings'
import './signin.css'

const choices = [
  ['factor', ['new_device', 'always']],
  ['first_use', ['notice', 'nod']],
] as const
const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** What the company asks of those who sign in. */
export default function SignInSettingsPage() {
  const { t } = useText()
  const settings = useSignInSettings()
  useTitle(t('factor.settings.title'))
  return (
    <div className="signin-settings">
      <h1>{t('factor.settings.title')}</h1>
      <p className="muted">{t('factor.settings.hint')}</p>
      {settings.isPending && <BoneRows rows={6} />}
      {hasFailed(settings) && <Failure page error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <Form key={settings.data.version} saved={settings.data} />}
      {settings.data && <WatermarkSettings />}
      <RevealSettingsPart />
    </div>
  )
}

function Form({ saved }: { saved: SignInSettings }) {
  const { t } = useText()
  const problemText = useProblemText()
  const put = useSetSignInSettings()
  const may = useHasRight('people')
  const [now, setNow] = useState(saved)
  const set = (change: Partial<SignInSettings>) => setNow({ ...now, ...change })
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate(now, { onSuccess: () => toast(t('factor.settings.saved')) })
      }}
    >
      {choices.map(([name, options]) => (
        <fieldset key={name} disabled={!may}>
          <legend>{t(`factor.settings.${name}.title`)}</legend>
          {options.map((option) => (
            <label key={option}>
              <input type="radio" name={name} checked={now[name] === option} onChange={() => set({ [name]: option })} />
              <span>{t(`factor.settings.${name}.${option as 'title'}`)}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <fieldset disabled={!may}>
        <legend>{t('factor.settings.freeze.title')}</legend>
        <label>
          <input type="checkbox" checked={now.freeze} onChange={(event) => set({ freeze: event.target.checked })} />
          <span>{t('factor.settings.freeze.on')}</span>
        </label>
        <p className="muted">{t('factor.settings.freeze.hint')}</p>
        <div className="signin-hours">
          {(['hour_from', 'hour_until'] as const).map((name) => (
            <label key={name}>
              <span>{t(`factor.settings.${name}`)}</span>
              <select className="input" value={now[name]} onChange={(event) => set({ [name]: Number(event.target.value) })}>
                {hours.map((hour) => (
                  <option key={hour} value={hour}>
                    {String(hour).padStart(2, '0')}:00
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset disabled={!may}>
        <legend>{t('factor.settings.keep.title')}</legend>
        <label>
          <input type="checkbox" checked={now.keep} onChange={(event) => set({ keep: event.target.checked })} />
          <span>{t('factor.settings.keep.on')}</span>
        </label>
      </fieldset>
      <fieldset disabled={!may}>
        <legend>{t('factor.device.title')}</legend>
        <div className="signin-hours">
          <label>
            <span>{t('factor.settings.device_days')}</span>
            <input
              className="input num"
              type="number"
              required
              min={1}
              max={3650}
              value={Number.isNaN(now.device_days) ? '' : now.device_days}
              onChange={(event) => set({ device_days: event.target.valueAsNumber })}
            />
          </label>
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
          {t('factor.settings.save')}
        </button>
      )}
    </form>
  )
}
