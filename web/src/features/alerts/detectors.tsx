import { useState } from 'react'
import { type Detector, type DetectorSetting, type WatchSettings, followUps, useSetWatch, useWatchSettings } from '@/api/alerts'
import { detectors } from '@/api/choices'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

/** How the detectors are set: whether, from where on, and what follows. */
export function Detectors({ may }: { may: boolean }) {
  const settings = useWatchSettings()
  if (settings.isPending) return <BoneRows rows={8} />
  if (!settings.data || hasFailed(settings)) return <Failure error={settings.error} onRetry={() => void settings.refetch()} />
  return <Form key={settings.data.version} settings={settings.data} may={may} />
}

function Form({ settings, may }: { settings: WatchSettings; may: boolean }) {
  const { t } = useText()
  const problem = useProblemText()
  const save = useSetWatch()
  const [draft, setDraft] = useState(settings.detectors)
  const set = (name: Detector, change: Partial<DetectorSetting>) => setDraft({ ...draft, [name]: { ...draft[name], ...change } })
  const changed = JSON.stringify(draft) !== JSON.stringify(settings.detectors)
  return (
    <form
      className="alerts-panel"
      aria-label={t('alerts.tabs.detectors')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ version: settings.version, detectors: draft }, { onSuccess: () => toast(t('alerts.saved')) })
      }}
    >
      <p className="muted">{t(may ? 'alerts.detectorsText' : 'alerts.detectorsRead')}</p>
      <ul className="detectors">
        {detectors.map((name) => (
          <li key={name}>
            <Row name={name} now={draft[name]} usual={settings.usual[name]} may={may} onSet={(change) => set(name, change)} />
          </li>
        ))}
      </ul>
      {save.error && (
        <p className="form-fault" role="alert">
          {problem(save.error)}
        </p>
      )}
      {may && (
        <div className="alert-acts">
          <button type="submit" className="btn primary" disabled={!changed || save.isPending}>
            {t('alerts.save')}
          </button>
          <button type="button" className="btn" disabled={JSON.stringify(draft) === JSON.stringify(settings.usual)} onClick={() => setDraft(settings.usual)}>
            {t('alerts.asTheyCome')}
          </button>
        </div>
      )}
    </form>
  )
}

interface RowProps {
  name: Detector
  now: DetectorSetting
  usual: DetectorSetting
  may: boolean
  onSet: (change: Partial<DetectorSetting>) => void
}

function Row({ name, now, usual, may, onSet }: RowProps) {
  const { t, format } = useText()
  const title = t(`alerts.names.${name}`)
  return (
    <fieldset disabled={!may}>
      <legend className="sr-only">{title}</legend>
      <label className="detector-on">
        <input type="checkbox" checked={now.on} onChange={(event) => onSet({ on: event.target.checked })} />
        <span>
          <strong>{title}</strong>
          <span className="muted">{t(`alerts.looks.${name}`)}</span>
        </span>
      </label>
      {name !== 'honey' && (
        <label>
          {t('alerts.floor')}
          <input
            className="input num"
            type="number"
            min={1}
            max={1_000_000}
            required
            value={now.floor}
            title={t('alerts.comes', { n: format.number(usual.floor) })}
            onChange={(event) => onSet({ floor: Number(event.target.value) })}
          />
        </label>
      )}
      {usual.times !== undefined && (
        <label>
          {t('alerts.times')}
          <input
            className="input num"
            type="number"
            min={1}
            max={100}
            step={0.1}
            required
            value={now.times ?? usual.times}
            title={t('alerts.comes', { n: format.number(usual.times) })}
            onChange={(event) => onSet({ times: Number(event.target.value) })}
          />
        </label>
      )}
      <label>
        {t('alerts.then')}
        <select className="input" value={now.act} onChange={(event) => onSet({ act: followUps.find((one) => one === event.target.value) ?? 'alert' })}>
          {followUps.map((one) => (
            <option key={one} value={one}>
              {t(`alerts.follow.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}
