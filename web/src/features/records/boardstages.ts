import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { shortList } from '@/api/records'
import type { Choice, Kind } from '@/api/types'
import { bothTexts, quote } from '@/lib/conditions'

/** The columns of a board: a stage that is retired has one while a card that one sees stands in it. */
export function useBoardStages(kind: Kind, filter: string | undefined, q: string | undefined): Choice[] {
  const stages = useMemo(() => kind.stages ?? [], [kind.stages])
  const old = stages.filter((stage) => stage.retired)
  const found = useQueries({
    queries: old.map((stage) => shortList(kind.name, { filter: bothTexts(`r.stage == ${quote(stage.code)}`, filter), q, limit: 1, fields: kind.title })),
    // Of one that could not be read the column says so itself.
    combine: (answers) => answers.map((one) => one.isError || (one.data?.items.length ?? 0) > 0).join(),
  })
  return useMemo(() => {
    const stands = found.split(',')
    let at = 0
    return stages.filter((stage) => !stage.retired || stands[at++] === 'true')
  }, [stages, found])
}
