import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'

const year = 365 * 24 * 3600_000

/** From and until as a bar on the years around now; what is open runs out of the picture. */
export function AppointmentBar({ from, until, now }: { from: string; until?: string; now: number }) {
  const { t, format } = useText()
  const start = now - 2 * year
  const span = 3 * year
  const at = (time: number) => Math.min(100, Math.max(0, ((time - start) / span) * 100))
  const left = at(new Date(from).getTime())
  const right = until ? at(new Date(until).getTime()) : 100
  const words = t(until ? 'company.span' : 'company.spanOpen', { from: format.day(from.slice(0, 10)), until: until ? format.day(until.slice(0, 10)) : '' })
  return (
    <span className="o-span" title={words}>
      <span className="o-span-line" aria-hidden="true">
        <span className={until ? 'o-span-bar' : 'o-span-bar open'} style={{ insetInlineStart: `${left}%`, width: `${Math.max(1.5, right - left)}%` }} />
        <span className="o-span-now" style={{ insetInlineStart: `${at(now)}%` }} />
      </span>
      <span className="muted num">{words}</span>
      <Ending until={until} now={now} />
    </span>
  )
}
