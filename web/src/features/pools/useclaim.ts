import { useState } from 'react'
import { isHeld } from '@/api/held'
import { doOrAsk, rereadPools } from '@/api/pools'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { usePoolProblem } from './problem'

/** Claims a record at once. A refusal is said, and what is on the page is read again. */
export function useClaim(kind: string) {
  const { t } = useText()
  const problem = usePoolProblem()
  const [busy, setBusy] = useState(false)
  const claim = async (item: Item) => {
    setBusy(true)
    try {
      const after = await doOrAsk(kind, item.id, { act: 'claim' })
      toast(t('pools.act.claimed', { title: item.title || t('list.untitled') }))
      await rereadPools(kind, after)
    } catch (error) {
      if (!isHeld(error)) toast(problem(error, 'claim'), { bad: true })
      await rereadPools(kind)
    }
    setBusy(false)
  }
  return { claim, busy }
}
