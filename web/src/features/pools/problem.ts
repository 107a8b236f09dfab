import { useCallback } from 'react'
import type { PoolAct } from '@/api/pools'
import { isNotFound } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** Why something was not done with a record of the pools. */
export function usePoolProblem() {
  const { t } = useText()
  const problemText = useProblemText()
  return useCallback(
    // What was there a moment ago and is no more was taken by somebody else, or is none of one's business.
    (error: unknown, act: PoolAct) => (act === 'claim' && isNotFound(error) ? t('pools.faster') : problemText(error)),
    [t, problemText],
  )
}
