import { useCallback } from 'react'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'

/** Says what went wrong on the page of a record: in its own words where it has some. */
export function useRecordProblem() {
  const { t } = useText()
  const problemText = useProblemText()
  return useCallback(
    (error: unknown): string => {
      const problem = problemOf(error)
      const codes = t('record.codes', { returnObjects: true }) as Record<string, string>
      const code = problem.errors?.[0]?.code ?? problem.code
      if (code === 'file_large') return t('record.codes.file_large', { size: bytes(Number(problem.params?.limit ?? 0)) })
      return (Object.hasOwn(codes, code) ? codes[code] : undefined) ?? problemText(error)
    },
    [t, problemText],
  )
}

const units = ['B', 'kB', 'MB', 'GB']

/** A number of bytes in words. */
export function bytes(n: number): string {
  let at = 0
  let value = n
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024
    at++
  }
  return `${value >= 10 || at === 0 ? Math.round(value) : value.toFixed(1)} ${units[at]}`
}
