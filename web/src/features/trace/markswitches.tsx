import { type MarkSettings, useSetMarkSettings } from '@/api/trace'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { CanarySettings } from './canaries'

/** How exports are marked; who may not set it sees how it is. */
export function MarkSwitches({ settings, may }: { settings: MarkSettings; may: boolean }) {
  const { t } = useText()
  const problemText = useProblemText()
  const set = useSetMarkSettings()
  const now = { ...settings, ...(set.isPending ? set.variables : {}) }
  return (
    <section className="card trace-settings" aria-labelledby="trace-settings">
      <h2 id="trace-settings">{t('trace.settings')}</h2>
      <p className="muted">{t('trace.settingsText')}</p>
      {(['marks', 'line'] as const).map((name) => (
        <label key={name}>
          <input type="checkbox" checked={now[name]} disabled={!may || set.isPending} onChange={(event) => set.mutate({ ...settings, [name]: event.target.checked })} />
          <span>
            {t(`trace.set.${name}`)}
            <small className="muted">{t(`trace.setText.${name}`)}</small>
          </span>
        </label>
      ))}
      <CanarySettings settings={now} may={may && !set.isPending} onSet={(next) => set.mutate(next)} />
      {set.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(set.error)}
        </p>
      )}
    </section>
  )
}
