import { lazy, Suspense } from 'react'
import { dropHeld, useHeld } from '@/api/held'
import { withTexts } from '@/lib/i18n'

const HeldDialog = lazy(() => withTexts(['asks'], import('./helddialog')))

/** Over every page: asks for what was just refused because it needs approval. */
export function Held() {
  const held = useHeld()
  if (!held) return null
  return (
    <Suspense>
      <HeldDialog key={JSON.stringify(held.attempt)} held={held} onClose={dropHeld} />
    </Suspense>
  )
}
