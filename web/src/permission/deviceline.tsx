import type { ReactNode } from 'react'
import type { Device } from '@/api/factor'
import { useText } from '@/lib/usetext'

/** What a device is called: by its person, else as it calls itself. */
export function useDeviceName() {
  const { t } = useText()
  return (device: Device) =>
    device.label || device.family || t(device.class === 'desktop' ? 'account.desktop' : device.class === 'phone' ? 'account.phone' : 'account.unknownDevice')
}

/** One device of somebody's: what it is, how it stands, and what can be done with it. */
export function DeviceLine({ device, now, children }: { device: Device; now: number; children: ReactNode }) {
  const { t, format } = useText()
  const name = useDeviceName()
  const state = device.blocked_at ? 'blocked' : device.asked_at ? 'waiting' : !device.known_since ? 'unknown' : device.aged ? 'aged' : undefined
  return (
    <li>
      <div className="device">
        <strong>{name(device)}</strong> {device.current && <span className="tag stage">{t('factor.device.here')}</span>}
        {state && <span className={state === 'blocked' ? 'tag tag-red' : 'tag tag-gold'}>{t(`factor.device.${state}`)}</span>}
        <p>
          {[
            device.label ? device.family : '',
            device.address,
            device.known_since ? t('factor.device.since', { time: format.moment(device.known_since) }) : '',
            `${t('account.seen')} ${format.ago(device.last_seen_at, now)}`,
            device.sessions > 0 ? t('factor.device.sessions', { count: device.sessions }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {children}
    </li>
  )
}
