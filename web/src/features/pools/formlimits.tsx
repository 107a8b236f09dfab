import type { PoolSettings } from '@/api/pools'
import { useText } from '@/lib/usetext'
import { NumberLine } from './numberline'

interface Props {
  settings: PoolSettings
  onSettings: (settings: PoolSettings) => void
}

const limits = ['claims_per_day', 'claims_held', 'views_per_day', 'cool_down_days'] as const

/** How much one person may take, have and look at, and how long a former owner waits. */
export function FormLimits({ settings, onSettings }: Props) {
  const { t } = useText()
  return (
    <fieldset className="settings-set">
      <legend>{t('pools.set.limits')}</legend>
      <p className="muted">{t('pools.set.limitsHint')}</p>
      <div className="pool-numbers">
        {limits.map((limit) => (
          <NumberLine
            key={limit}
            label={t(`pools.set.${limit}`)}
            unit={t(limit === 'cool_down_days' ? 'pools.set.days' : 'pools.set.records')}
            value={settings[limit]}
            onChange={(value) => onSettings({ ...settings, [limit]: value })}
          />
        ))}
      </div>
    </fieldset>
  )
}
