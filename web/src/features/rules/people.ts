import { useQueries } from '@tanstack/react-query'
import { recordQuery } from '@/api/records'
import type { Entry } from './ruleslist'

/** Names of the people whom rules name, as far as the reader may read them. */
export function usePeople(entries: Entry[]): (id: string) => string {
  const ids = new Set<string>()
  for (const entry of entries) {
    for (const clause of [...entry.rule.who.any, ...(entry.rule.who.except ?? [])]) if (clause.person) ids.add(clause.person)
  }
  const list = [...ids].slice(0, 100)
  const found = useQueries({ queries: list.map((id) => ({ ...recordQuery('person', id), retry: false, staleTime: 60_000 })) })
  return (id) => found[list.indexOf(id)]?.data?.title ?? `#${id}`
}
