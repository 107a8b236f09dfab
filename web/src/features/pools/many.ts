import { useMutation } from '@tanstack/react-query'
import { type Doing, doMany, type Many, rereadPools } from '@/api/pools'
import { codeError } from '@/api/problem'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { usePoolProblem } from './problem'

export interface Outcome {
  /** The titles of those that it was done with. */
  done: string[]
  /** Why not, with the titles it holds of. */
  not: Map<string, string[]>
  /** The list has more, which were not tried. */
  more: boolean
  /** Those that need approval, by id. */
  held: string[]
}

/** Does something with many records by one request, and tells what became of each. */
export function useMany(kind: string, items: Item[]) {
  const { t } = useText()
  const problem = usePoolProblem()
  return useMutation({
    mutationFn: async ({ which, doing }: { which: Many; doing: Doing }): Promise<Outcome> => {
      const { rows, more = false } = await doMany(kind, which, doing)
      // What is out of sight by now has a title here as long as this page has.
      const titles = new Map(items.map((item) => [item.id, item.title]))
      const out: Outcome = { done: [], not: new Map(), more, held: [] }
      for (const row of rows) {
        const title = row.title || titles.get(row.id) || t('list.untitled')
        if (row.done) {
          out.done.push(title)
          continue
        }
        if (row.code === 'needs_approval') {
          out.held.push(row.id)
          continue
        }
        const why = problem(codeError(row), doing.act)
        out.not.set(why, [...(out.not.get(why) ?? []), title])
      }
      return out
    },
    onSettled: () => rereadPools(kind),
  })
}
