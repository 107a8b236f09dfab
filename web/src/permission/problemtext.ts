import { useCallback } from 'react'
import { problemOf } from '@/api/problem'
import type { Problem, ProblemItem } from '@/api/types'
import { useText } from '@/lib/usetext'

const kinds = ['Invalid', 'Denied', 'NotFound', 'Conflict', 'Stale', 'Locked', 'Internal', 'Network'] as const

/** Says in the reader's language what went wrong: by the problem's code, else by its kind. */
export function useProblemText() {
  const { t, format } = useText()
  return useCallback(
    (error: unknown): string => {
      const problem = problemOf(error)
      const until = problem.params?.until
      const known = itemText(t, problem, typeof until === 'string' ? format.moment(until) : undefined)
      if (known) return known
      if (problem.code === 'client') return t('problem.client')
      const kind = kinds.find((k) => k === problem.kind)
      return kind ? t(`problem.${kind}`) : t('problem.unknown')
    },
    [t, format],
  )
}

type Translate = ReturnType<typeof useText>['t']

/** The text of one code of the catalogue; undefined for a code it does not know. */
export function itemText(t: Translate, item: Problem | ProblemItem, until = ''): string | undefined {
  const codes = t('problem.codes', { returnObjects: true }) as Record<string, string>
  if (!Object.hasOwn(codes, item.code)) return undefined
  const { max = '', taken = '', days = '' } = 'params' in item ? (item.params ?? {}) : {}
  return t(`problem.codes.${item.code as 'version'}`, { max, taken, days, until })
}
