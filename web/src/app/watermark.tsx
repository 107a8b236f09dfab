import { useCallback, useEffect, useRef, useState } from 'react'
import type { Mark } from '@/api/types'
import { usePrinting } from '@/lib/hooks'
import { keepMark, minute } from '@/lib/watermark'

/** The mark of one's own session: over every page behind the sign-in where the company wants it, and always at the foot of each printed sheet. */
export function Watermark({ mark }: { mark: Mark }) {
  const { name, tail, code, at, screen } = mark
  const printing = usePrinting()
  const clock = useRef({ at: 0, since: 0 })
  useEffect(() => {
    clock.current = { at: Date.parse(at), since: performance.now() }
  }, [at])
  const now = useCallback(() => new Date(clock.current.at + performance.now() - clock.current.since), [])
  const who = `${name} ${tail}`.trim()
  useEffect(() => (screen ? keepMark({ who, code, now }) : undefined), [who, code, screen, now])
  return printing ? <Line who={who} code={code} now={now} /> : null
}

/** The line at the foot of each sheet, with the time at which it was printed. */
function Line({ who, code, now }: { who: string; code: string; now: () => Date }) {
  const [at] = useState(() => minute(now()))
  return <p className="print-mark">{[who, at, code].join(' · ')}</p>
}
