import { body, http } from '@/api/client'
import { queries, seenRefusal } from '@/api/freshness'

// The server says within a second when the session is over, as when a lost phone is blocked: what is on
// the screen goes then, and not only with the next request. One stream for the page that is looked at,
// once it has come to rest: browsers have few connections to a server.

const address = '/api/v1/session/stream'
const look = 500
const rest = 4 // looks without a request under way
const patience = [5_000, 15_000, 60_000] // before a stream that was refused is asked for again

/** Watches the session as long as the page is looked at; gives the function that ends it. */
export function watchSession(): () => void {
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let later: ReturnType<typeof setTimeout> | undefined
  let refusals = 0
  const close = () => {
    clearInterval(timer)
    clearTimeout(later)
    stream?.close()
    timer = later = stream = undefined
  }
  // The browser itself connects again to a server that is away, and says why of nothing: it gives up only
  // on an answer that is no stream. Then it may be that the session ended before the stream began, and
  // /me tells: an answer that the session is over closes the page, no answer leaves it as it is.
  const refusedBy = (of: EventSource) => {
    if (of !== stream || of.readyState !== EventSource.CLOSED) return
    close()
    later = setTimeout(open, patience[Math.min(refusals++, patience.length - 1)])
    void body(http.GET('/api/v1/me')).catch(() => undefined)
  }
  const open = () => {
    close()
    const opened = (stream = new EventSource(address))
    opened.addEventListener('open', () => (refusals = 0))
    opened.addEventListener('error', () => refusedBy(opened))
    opened.addEventListener('ended', () => {
      close()
      seenRefusal({ status: 401, kind: 'Denied', code: 'signin' }, address)
    })
  }
  const turn = () => {
    close()
    if (document.visibilityState !== 'visible') return
    let calm = 0
    timer = setInterval(() => {
      calm = queries.isFetching() + queries.isMutating() === 0 ? calm + 1 : 0
      if (calm === rest) open()
    }, look)
  }
  turn()
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    close()
  }
}
