import { useState } from 'react'
import { type Device, useDevices, useEndDevice, useNameDevice } from '@/api/factor'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { DeviceLine, useDeviceName } from '@/permission/deviceline'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { NameForm } from './nameform'

/** The browsers that one signed in with: named, and forgotten. */
export function Devices() {
  const { t } = useText()
  const problemText = useProblemText()
  const devices = useDevices()
  const end = useEndDevice()
  const name = useDeviceName()
  const [renaming, setRenaming] = useState<string>()
  if (devices.isPending) return <BoneRows rows={2} />
  if (!devices.data || hasFailed(devices)) return <Failure error={devices.error} onRetry={() => void devices.refetch()} />
  if (devices.data.length === 0) return <p className="muted">{t('factor.device.none')}</p>
  return (
    <>
      {end.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(end.error)}
        </p>
      )}
      <ul className="sessions">
        {devices.data.map((device) =>
          renaming === device.id ? (
            <li key={device.id}>
              <Rename device={device} onDone={() => setRenaming(undefined)} />
            </li>
          ) : (
            <DeviceLine key={device.id} device={device} now={devices.dataUpdatedAt}>
              <button type="button" className="btn" aria-label={t('factor.device.nameOne', { device: name(device) })} onClick={() => setRenaming(device.id)}>
                {t('factor.device.name')}
              </button>
              {!device.current && !device.blocked_at && (
                <button type="button" className="btn" disabled={end.isPending} aria-label={t('factor.device.forgetOne', { device: name(device) })} onClick={() => end.mutate(device.id)}>
                  {t('factor.device.forget')}
                </button>
              )}
            </DeviceLine>
          ),
        )}
      </ul>
    </>
  )
}

function Rename({ device, onDone }: { device: Device; onDone: () => void }) {
  const { t } = useText()
  return <NameForm id={device.id} label={t('factor.device.label')} name={device.label} rename={useNameDevice()} onDone={onDone} />
}
