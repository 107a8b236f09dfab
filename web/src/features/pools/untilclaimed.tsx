import type { ReactNode } from 'react'
import { usePoolStanding } from '@/api/pools'
import { useRecord } from '@/api/records'
import type { Item } from '@/api/types'
import { fieldState } from '@/permission/access'
import { UntilClaimed } from '@/permission/untilclaimed'
import { actsOf, lies } from './acts'

const none: ReadonlySet<string> = new Set()

const poolOf = (item: Item | undefined): string | undefined => {
  if (!item || !lies(item) || !actsOf(item).includes('claim')) return undefined
  const state = fieldState(item, 'pool')
  return state.is === 'plain' ? String(state.value) : undefined
}

/** Marks what a claim of the record would open to who looks at it. */
export default function OpenedByClaim({ kind, id, children }: { kind: string; id: string; children: ReactNode }) {
  const record = useRecord(kind, id)
  const standing = usePoolStanding(poolOf(record.data))
  const opens = standing.data && poolOf(record.data) === standing.data.id ? new Set(standing.data.opens) : none
  return <UntilClaimed value={opens}>{children}</UntilClaimed>
}
