import { lazy, Suspense } from 'react'
import { queries } from '@/api/freshness'
import { proofDone, proving, useProofAsked } from '@/api/proof'
import { sendThrough } from '@/api/reach'
import { withTexts } from '@/lib/i18n'

const ProofDialog = lazy(() => withTexts(['factor'], import('./proofdialog')))

sendThrough(proving)

/** Over every page: asks for the second factor where something waits for it. */
export function Proof() {
  if (!useProofAsked()) return null
  const done = (proved: boolean) => {
    proofDone(proved)
    // Rules may show more from now on; what is on the screen stays until it is read.
    if (proved) void queries.invalidateQueries()
  }
  return (
    <Suspense>
      <ProofDialog onDone={done} />
    </Suspense>
  )
}
