import { useCallback } from 'react'
import type { Job } from '@/api/jobs'
import { ApiError } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** Why work failed, in the reader's language; undefined when it did not. */
export function useTrouble() {
  const { t } = useText()
  const problemText = useProblemText()
  return useCallback(
    (job: Job): string | undefined => {
      const problem = job.problem
      if (!problem) return undefined
      const codes = t('jobs.codes', { returnObjects: true }) as Record<string, string>
      if (Object.hasOwn(codes, problem.code)) return codes[problem.code]
      const first = problem.errors?.[0]
      return problemText(new ApiError({ status: 400, kind: problem.kind, code: first?.code ?? problem.code, params: problem.params }))
    },
    [t, problemText],
  )
}
