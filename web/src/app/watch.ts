import { seenRefusal } from '@/api/freshness'

// The server says within a second when the session is over, as when a lost phone is blocked: what is on
// the screen goes then, and not only with the next request. One stream for the page that is looked at:
// browsers have few connections to a server.

const address = '/api/v1/session/stream'

/** Watches the session as long as the page is looked at; gives the function that ends it. */
export function watchSession(): () => void {
  let stream: EventSource | undefined
  const close = () => {
    stream?.close()
    stream = undefined
  }
  const turn = () => {
    if (document.visibilityState !== 'visible') return close()
    if (stream) return
    stream = new EventSource(address)
    stream.addEventListener('ended', () => {
      close()
      seenRefusal({ status: 401, kind: 'Denied', code: 'signin' }, address)
    })
  }
  turn()
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    close()
  }
}
