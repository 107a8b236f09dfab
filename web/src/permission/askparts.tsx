import type { Asked } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

// What asking for something looks like, wherever one asks.

/** It was sent, and to whom. */
export function AskSent({ made }: { made: Asked }) {
  const { t } = useText()
  return (
    <p className="note good" role="status">
      <Icon name="check" />
      {made.waits.length > 0 ? t('ask.sentTo', { who: made.waits.map((w) => w.person.name).join(t('ask.between')) }) : t('ask.sent')}
    </p>
  )
}

type Duration = 'hour' | 'day' | 'week' | 'month' | 'task'

interface DurationProps<Of extends Duration> {
  of: readonly Of[]
  value: Of
  onChange: (value: Of) => void
}

/** For how long. */
export function AskDuration<Of extends Duration>({ of, value, onChange }: DurationProps<Of>) {
  const { t } = useText()
  return (
    <label>
      <span>{t('ask.duration')}</span>
      <select className="input" value={value} onChange={(event) => onChange(of.find((d) => d === event.target.value) ?? value)}>
        {of.map((d) => (
          <option key={d} value={d}>
            {t(`ask.durations.${d as Duration}`)}
          </option>
        ))}
      </select>
    </label>
  )
}
