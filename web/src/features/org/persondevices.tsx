import { type Device, type DeviceAct, useDeviceAct, usePersonDevices } from '@/api/factor'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { DeviceLine, useDeviceName } from '@/permission/deviceline'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'

const actsOf = (device: Device): DeviceAct[] =>
  device.blocked_at ? ['admit'] : device.asked_at ? ['admit', 'block'] : device.sessions > 0 ? ['sign-out', 'block'] : ['block']

/** Somebody's devices, for who administers people: one that waits is admitted, a lost one is blocked at once. */
export default function PersonDevices({ person }: { person: string }) {
  const { t } = useText()
  const problemText = useProblemText()
  const devices = usePersonDevices(person)
  const act = useDeviceAct(person)
  const name = useDeviceName()
  return (
    <section>
      <h3>{t('factor.device.title')}</h3>
      {devices.isPending && <BoneRows rows={1} />}
      {hasFailed(devices) && <Failure error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.data?.length === 0 && <p className="muted">{t('factor.device.none')}</p>}
      {act.error && (
        <p className="note bad" role="alert">
          {problemText(act.error)}
        </p>
      )}
      <ul className="person-devices">
        {devices.data?.map((device) => (
          <DeviceLine key={device.id} device={device} now={devices.dataUpdatedAt}>
            {actsOf(device).map((one) => (
              <button
                key={one}
                type="button"
                className={one === 'block' ? 'btn danger' : 'btn'}
                disabled={act.isPending}
                aria-label={t(`factor.device.${one}One`, { device: name(device) })}
                onClick={() => act.mutate({ device: device.id, act: one })}
              >
                {t(`factor.device.${one === 'admit' && device.blocked_at ? 'unblock' : one}`)}
              </button>
            ))}
          </DeviceLine>
        ))}
      </ul>
    </section>
  )
}
