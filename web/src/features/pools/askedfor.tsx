import type { PoolAct } from '@/api/pools'
import { codeError } from '@/api/problem'
import type { Asked } from '@/api/requests'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { AskSent } from '@/permission/askparts'
import { WhyGroup } from '@/ui/whygroup'
import { usePoolProblem } from './problem'

/** The request that was made of many records, and which of them are not in it. */
export function AskedFor({ made, act, items }: { made: Asked; act: PoolAct; items: Item[] }) {
  const { t, format } = useText()
  const problem = usePoolProblem()
  const titles = new Map(items.map((item) => [item.id, item.title]))
  const left = new Map<string, string[]>()
  for (const row of made.pool?.many?.left ?? []) {
    const why = row.code === 'request_has' ? t('pools.many.needless') : problem(codeError(row), act)
    left.set(why, [...(left.get(why) ?? []), row.title || titles.get(row.id) || t('list.untitled')])
  }
  return (
    <div className="pool-became">
      <AskSent made={made} />
      {[...left].map(([why, names]) => (
        <WhyGroup
          key={why}
          titles={names}
          why={
            <>
              <strong>{t('pools.many.notAsked', { n: format.integer(names.length) })}</strong> {why}
            </>
          }
        />
      ))}
    </div>
  )
}
