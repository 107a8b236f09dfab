/**
 * Puts the page in place that shows when the server is out of reach. The worker keeps static files
 * and nothing else (see public/worker.js); it is asked for when the page has had its turn.
 */
export function keepOffline() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () => {
    if (navigator.onLine) navigator.serviceWorker.register('/worker.js').catch(() => undefined)
  }
  const timer = setTimeout(register, 4000)
  return () => clearTimeout(timer)
}
