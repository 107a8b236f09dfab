import type { Field, Item, Kind } from '@/api/types'

/** What a calendar of records is told, whichever of its forms shows them. */
export interface DaysProps {
  kind: Kind
  field: Field
  /** The stage of what is done, where there is one. */
  finished?: string
  byDay: Map<string, Item[]>
  today: string
  onOpen: (item: Item) => void
  onToggle?: (item: Item) => void
  onCreate?: (day: string) => void
}
