import type { Item } from '@/api/types'
import { type Text, useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { needsApproval } from './access'
import './permission.css'

/** The sign of a field whose change is asked for, where the field stands in a line of others. */
export function heldMark({ t }: Text, field?: string) {
  const says = field === undefined ? t('mask.held') : t('mask.heldField', { field })
  return (
    <span className="held-mark" title={says}>
      <Icon name="shield" />
      <span className="sr-only">{says}</span>
    </span>
  )
}

/**
 * The same as a component: nothing where the field can be changed at once, or not at all. With a label it
 * says which field it is, where its value does not stand beside it.
 */
export function HeldMark({ item, field, label }: { item: Item; field: string; label?: string }) {
  const text = useText()
  return needsApproval(item, field) ? heldMark(text, label) : null
}
