import { queries, seenRefusal } from '@/api/freshness'

// The server says within a second when the session is over, as when a lost phone is blocked: what is on
// the screen goes then, and not only with the next request. One stream for the page that is looked at,
// once it has come to rest: browsers have few connections to a server.

const address = '/api/v1/session/stream'
const look = 500
const rest = 4 // looks without a request under way

/** Watches the session as long as the page is looked at; gives the function that ends it. */
export function watchSession(): () => void {
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  const close = () => {
    clearInterval(timer)
    stream?.close()
    timer = stream = undefined
  }
  const open = () => {
    clearInterval(timer)
    stream = new EventSource(address)
    stream.addEventListener('ended', () => {
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
