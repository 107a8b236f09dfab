import type { Item } from '@/api/types'
import { type Text, useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { needsApproval } from './access'
import './permission.css'

/** The sign of a field whose change is asked for, where the field stands in a line of others. */
export const heldMark = ({ t }: Text) => (
  <span className="held-mark" title={t('mask.held')}>
    <Icon name="shield" />
    <span className="sr-only">{t('mask.held')}</span>
  </span>
)

/** The same as a component: nothing where the field can be changed at once, or not at all. */
export function HeldMark({ item, field }: { item: Item; field: string }) {
  const text = useText()
  return needsApproval(item, field) ? heldMark(text) : null
}
