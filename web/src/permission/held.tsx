import { lazy, Suspense } from 'react'
import { dropHeld, useHeld } from '@/api/held'
import { withTexts } from '@/lib/i18n'

const HeldDialog = lazy(() => withTexts(['asks'], import('./helddialog')))

/** Over every page: asks for the edit that was just refused because it needs approval. */
export function Held() {
  const edit = useHeld()
  if (!edit) return null
  return (
    <Suspense>
      <HeldDialog key={`${edit.kind} ${edit.record} ${JSON.stringify(edit.fields)}`} edit={edit} onClose={dropHeld} />
    </Suspense>
  )
}
