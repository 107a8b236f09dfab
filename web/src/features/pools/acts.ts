import type { PoolAct } from '@/api/pools'
import type { Item } from '@/api/types'
import { fieldState, mayAskTo, mayDo } from '@/permission/access'
import type { IconName } from '@/ui/icons'

export const actIcons: Record<PoolAct, IconName> = { claim: 'user', assign: 'transfer', release: 'out' }

/** Whether a field is seen to have a value, or to have none; undefined when it is not seen. */
function filled(item: Item, field: string): boolean | undefined {
  const state = fieldState(item, field)
  return state.is === 'plain' ? state.value !== null : undefined
}

/** Whether the record is seen to lie in a pool. */
export const lies = (item: Item): boolean => filled(item, 'pool') === true && filled(item, 'owner') === false

/** Done at once, or asked for. */
const may = (item: Item, act: PoolAct): boolean => mayDo(item, act) || mayAskTo(item, act)

/** How an act looks: one that is asked for says so. */
export const iconOf = (item: Item, act: PoolAct): IconName => (mayAskTo(item, act) ? 'shield' : actIcons[act])

/**
 * What the server lets one do with a record of the pools. What makes no sense as the record is seen to
 * stand is left out: who may claim anything need not be offered what somebody has.
 */
export function actsOf(item: Item): PoolAct[] {
  const acts: PoolAct[] = []
  if (may(item, 'claim') && filled(item, 'owner') !== true && filled(item, 'pool') !== false) acts.push('claim')
  if (may(item, 'assign')) acts.push('assign')
  if (may(item, 'release') && filled(item, 'owner') !== false) acts.push('release')
  return acts
}
