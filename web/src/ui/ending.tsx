import { useText } from '@/lib/usetext'
import { Icon } from './icons'

const soon = 7 * 24 * 3600_000

/** Whether something ends within the days that the marks speak of. */
export const endsSoon = (until: string | undefined, now: number, within = soon): boolean => {
  const left = until === undefined ? Number.NaN : new Date(until).getTime() - now
  return left > 0 && left <= within
}

interface Props {
  until?: string
  now: number
  /** How long before the end it is said, in milliseconds. */
  within?: number
}

/** Marks what ends within days, so that nobody loses it unawares; what ends later has no mark. */
export function Ending({ until, now, within }: Props) {
  const { t, format } = useText()
  if (until === undefined || !endsSoon(until, now, within)) return null
  return (
    <span className="tag ending">
      <Icon name="clock" />
      {t('app.ends', { when: format.left(until, now) })}
    </span>
  )
}
