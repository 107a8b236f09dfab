import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** Today's figures are being put together: of which day those below are, or that there are none yet. */
export function StatisticsUnderWay({ day, percent }: { day: string; percent: number }) {
  const { t, format } = useText()
  return (
    <div className={day === '' ? 'statistics-making first' : 'statistics-making'}>
      <p role="status">
        <Icon name="clock" />
        {day === '' ? t('statistics.first') : t('statistics.before', { day: format.day(day) })}
      </p>
      <progress max={100} value={percent} aria-label={t('statistics.making')} />
    </div>
  )
}
