import { useEffect, useState } from 'react'
import { type Emergency, useEndEmergency, useStanding, whenOver } from '@/api/emergencies'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { useProblemText } from './problemtext'
import './glass.css'

/** Says loudly that a record is on the screen because it was opened in an emergency, and for how long still. */
export default function GlassBanner({ item }: { item: Item }) {
  const standing = useStanding(true)
  const one = standing.data?.open.find(
    (e) => (e.kind === item.kind && e.record.id === item.id) || e.with.some((part) => part.kind === item.kind && item.fields[part.field] === e.record.id),
  )
  return one ? <Banner key={one.id} one={one} /> : null
}

function Banner({ one }: { one: Emergency }) {
  const { t } = useText()
  const problem = useProblemText()
  const end = useEndEmergency()
  const left = useLeft(one.until)
  useEffect(() => {
    if (left > 0) return undefined
    whenOver()
    // The server's clock may be a little behind.
    const again = setTimeout(whenOver, 3000)
    return () => clearTimeout(again)
  }, [left])
  if (left <= 0) return null
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  return (
    <section className="glass-banner" aria-label={t('emergency.banner')}>
      <Icon name="warn" />
      <p>
        <strong>{t('emergency.banner')}</strong>
        <span role="timer" className="num">
          {t('emergency.remaining', { time: clock })}
        </span>
        <span className="glass-why">{t('emergency.because', { reason: one.reason })}</span>
        <span className="glass-why">{t('emergency.watched')}</span>
      </p>
      <button
        type="button"
        className="btn"
        disabled={end.isPending}
        onClick={() => end.mutate(one.id, { onSuccess: () => toast(t('emergency.endedNow')), onError: (error) => toast(problem(error)) })}
      >
        {t('emergency.end')}
      </button>
    </section>
  )
}

/** The whole seconds until an instant, counted down. */
function useLeft(until: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1000))
}
