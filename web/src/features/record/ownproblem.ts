import { useCallback } from 'react'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** Says what went wrong with a transfer or a merge: in its own words where it has some. */
export function useOwnershipProblem() {
  const { t } = useText()
  const problemText = useProblemText()
  return useCallback(
    (error: unknown): string => {
      const codes = t('ownership.codes', { returnObjects: true }) as Record<string, string>
      const { code } = problemOf(error)
      return (Object.hasOwn(codes, code) ? codes[code] : undefined) ?? problemText(error)
    },
    [t, problemText],
  )
}
