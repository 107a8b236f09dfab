import { useEffect, useState } from 'react'
import { rereadMaking } from '@/api/statistics'

/**
 * Whether the figures that an answer waits for are ready: it was asked how far they are since it came, and
 * they are under way no more. While they are, the offer is read again by itself.
 */
export function useMaking(since: number | undefined, under: boolean): boolean {
  const [looked, setLooked] = useState<number>()
  useEffect(() => {
    if (since === undefined) return
    let here = true
    void rereadMaking().then(() => here && setLooked(since))
    return () => {
      here = false
    }
  }, [since])
  return since !== undefined && looked === since && !under
}
