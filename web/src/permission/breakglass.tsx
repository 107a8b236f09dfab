import { lazy, Suspense, useState } from 'react'
import { useHasRight } from '@/api/session'
import { viewedPerson } from '@/api/viewas'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const GlassDialog = lazy(() => withTexts(['emergency'], import('./glassdialog')))

/** A record that somebody does not see, or not enough of. */
export interface GlassTarget {
  kind: string
  id: string
}

/** Opens a record in an emergency, for who has the right to: the one that is not shown here, or one that they name. */
export function BreakGlass({ target }: { target?: GlassTarget }) {
  const { t } = useText()
  const may = useHasRight('break_glass')
  const [open, setOpen] = useState(false)
  // In an emergency one looks with one's own eyes.
  if (!may || viewedPerson() !== undefined) return null
  return (
    <>
      <button type="button" className="btn danger" onClick={() => setOpen(true)}>
        <Icon name="warn" />
        {t('glass.button')}
      </button>
      {open && (
        // Esc in the dialog must not close what it was opened from as well.
        <div role="presentation" className="glass" onKeyDown={(event) => event.stopPropagation()}>
          <Suspense>
            <GlassDialog target={target} onClose={() => setOpen(false)} />
          </Suspense>
        </div>
      )}
    </>
  )
}
