import { useDebounced } from '@/lib/hooks'
import { useShortList } from './records'

/**
 * Records for the word that stands in a box. What was found for another word is not offered: Enter
 * would take the first of it.
 */
export function useFinding(kind: string, text: string, enabled = true) {
  const word = text.trim()
  const q = useDebounced(word)
  const found = useShortList(kind, { q: q || undefined, limit: 20 }, enabled)
  const current = q === word && !found.isPlaceholderData
  return { items: current ? (found.data?.items ?? []) : [], busy: enabled && (!current || found.isFetching) }
}
