import type { Alert } from '@/api/alerts'
import { useText } from '@/lib/usetext'

/** What a detector saw, and with what it compared it, in words. */
export function useSaw() {
  const { t, format } = useText()
  return ({ detector, numbers: n }: Pick<Alert, 'detector' | 'numbers'>) => {
    const words = {
      seen: format.number(n.seen),
      usual: format.number(n.usual),
      bound: format.number(n.bound),
      days: format.number(n.days),
      span: format.number(n.span ?? 0),
      left: format.number(n.left ?? 0),
      limit: format.number(n.limit ?? 0),
    }
    const near = detector === 'chunks' && n.limit && (n.span ?? 0) < 7
    return { saw: t(near ? 'alerts.saw.near' : `alerts.saw.${detector}`, words), against: t(n.days > 0 ? `alerts.against.${n.usual > 0 ? 'usual' : 'bound'}` : 'alerts.against.none', words) }
  }
}
