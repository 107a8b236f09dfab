import { queries } from '@/api/freshness'
import { recordQuery } from '@/api/records'

// The records that were looked at in this tab: by kind and id alone, in memory. What they are called
// is asked of what was read under the present policy, so that nothing outlives a right.

export interface Visit {
  kind: string
  id: string
}

const most = 8
let visits: Visit[] = []

export function visited(kind: string, id: string) {
  visits = [{ kind, id }, ...visits.filter((v) => v.kind !== kind || v.id !== id)].slice(0, most)
}

export const recent = (): (Visit & { title: string })[] =>
  visits.flatMap((visit) => {
    const title = queries.getQueryData(recordQuery(visit.kind, visit.id).queryKey)?.title
    return title ? [{ ...visit, title }] : []
  })
