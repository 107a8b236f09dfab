import type { PoolSettings, Recycling } from '@/api/pools'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { NumberLine } from './numberline'

interface Props {
  settings: PoolSettings
  onSettings: (settings: PoolSettings) => void
}

const begin: Recycling = { idle_days: 30, leavers: true, warn_days: 7 }

/** When a customer comes back by itself. */
export function FormRecycle({ settings, onSettings }: Props) {
  const { t } = useText()
  const recycle = settings.recycle
  const set = (part: Partial<Recycling>) => onSettings({ ...settings, recycle: { ...recycle, ...part } })
  return (
    <fieldset className="settings-set">
      <legend>{t('pools.set.recycle')}</legend>
      <label className="check">
        <input type="checkbox" checked={recycle !== undefined} onChange={(event) => onSettings({ ...settings, recycle: event.target.checked ? begin : undefined })} />
        {t('pools.set.recycles')}
      </label>
      {recycle && (
        <>
          <div className="pool-numbers">
            <NumberLine label={t('pools.set.idle_days')} unit={t('pools.set.days')} value={recycle.idle_days} onChange={(idle_days) => set({ idle_days })} />
            <NumberLine label={t('pools.set.deal_days')} unit={t('pools.set.days')} value={recycle.deal_days} onChange={(deal_days) => set({ deal_days })} />
            <NumberLine label={t('pools.set.warn_days')} unit={t('pools.set.days')} value={recycle.warn_days} onChange={(warn_days) => set({ warn_days })} />
          </div>
          <label className="check">
            <input type="checkbox" checked={recycle.leavers ?? false} onChange={(event) => set({ leavers: event.target.checked })} />
            {t('pools.set.leavers')}
          </label>
          <p className="note">
            <Icon name="shield" />
            {t('pools.set.protected')}
          </p>
        </>
      )}
    </fieldset>
  )
}
