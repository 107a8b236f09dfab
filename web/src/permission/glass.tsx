import { lazy, Suspense } from 'react'
import { useHasRight } from '@/api/session'
import type { Item } from '@/api/types'
import { viewedPerson } from '@/api/viewas'
import { withTexts } from '@/lib/i18n'

const Banner = lazy(() => withTexts(['emergency'], import('./glassbanner')))

/** Over a record: says so when it is open in an emergency, which only who may open one needs to ask. */
export function GlassBanner({ item }: { item: Item }) {
  const may = useHasRight('break_glass')
  if (!may || viewedPerson() !== undefined) return null
  return (
    <Suspense>
      <Banner item={item} />
    </Suspense>
  )
}
