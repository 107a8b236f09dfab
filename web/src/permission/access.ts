import type { Item, Kind, Value } from '@/api/types'

// What the server said about a record, asked for by name. The screens decide nothing: what was
// not said to be allowed is not.

export type FieldState =
  | { is: 'plain'; value: Value }
  | { is: 'masked'; preview: string }
  | { is: 'hidden' }
  | { is: 'absent' }

export function fieldState(item: Item, name: string): FieldState {
  const preview = item.masked?.[name]
  if (preview !== undefined) return { is: 'masked', preview }
  if (item.hidden?.includes(name)) return { is: 'hidden' }
  const value = item.fields[name]
  return value === undefined ? { is: 'absent' } : { is: 'plain', value }
}

export const mayDo = (item: Item, action: string): boolean => item.can?.includes(action) ?? false

/** Whether something is asked for and not done. */
export const mayAskTo = (item: Item, action: string): boolean => item.can_ask?.includes(action) ?? false

/** Whether one can make records of a kind, or ask for one. */
export const mayCreate = (kind: Kind): boolean => kind.can.includes('create') || (kind.can_ask?.includes('create') ?? false)

/** Whether a field can be changed: at once, or when somebody has approved it. */
export const mayEdit = (item: Item, field: string): boolean => (item.editable?.includes(field) ?? false) || needsApproval(item, field)

/** Whether a change of the field is asked for and not made. */
export const needsApproval = (item: Item, field: string): boolean => item.asks?.includes(field) ?? false

/** Whether a masked field can be shown, for a reason and a short time. */
export const mayReveal = (item: Item, field: string): boolean => item.reveal?.includes(field) ?? false

export const isPartly = (item: Item): boolean =>
  Object.keys(item.masked ?? {}).length > 0 || (item.hidden?.length ?? 0) > 0

/** A value that says nothing: there is none, or an empty text or set. */
export const isBlank = (value: Value): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a field has nothing to show, not even that something is withheld. */
export function isEmpty(item: Item, name: string): boolean {
  const state = fieldState(item, name)
  return state.is === 'absent' || (state.is === 'plain' && isBlank(state.value))
}
