import { useEffect, useRef } from 'react'
import type { Mark } from '@/api/types'
import { keepMark } from '@/lib/watermark'

/** The mark of one's own session over every page behind the sign-in. */
export function Watermark({ mark }: { mark: Mark }) {
  const { name, tail, code, at } = mark
  const clock = useRef({ at: 0, since: 0 })
  useEffect(() => {
    clock.current = { at: Date.parse(at), since: performance.now() }
  }, [at])
  useEffect(
    () => keepMark({ who: `${name} ${tail}`.trim(), code, now: () => new Date(clock.current.at + performance.now() - clock.current.since) }),
    [name, tail, code],
  )
  return null
}
