import { lazy, Suspense, useState } from 'react'
import type { Question } from '@/api/explain'
import { viewedPerson } from '@/api/viewas'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const AskWhole = lazy(() => withTexts(['asks'], import('./askwhole')))
const AskDialog = lazy(() => import('./askdialog'))
const RequestDialog = lazy(() => import('./requestdialog'))

/** Stands wherever something is refused or not shown: asks for access to it. */
export function Ask({ question }: { question?: Question }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  // What somebody else lacks is not for oneself to ask for.
  if (viewedPerson() !== undefined) return null
  return (
    <>
      <button type="button" className="btn ask" onClick={() => setOpen(true)}>
        <Icon name="shield" />
        {t('ask.button')}
      </button>
      {open && (
        // Esc in the dialog must not close what it was opened from as well.
        <div role="presentation" className="ask-over" onKeyDown={(event) => event.stopPropagation()}>
          <Suspense>
            {!question ? (
              <AskWhole onClose={() => setOpen(false)} />
            ) : question.field ? (
              <RequestDialog question={question} field={question.field} onClose={() => setOpen(false)} />
            ) : (
              <AskDialog question={question} onClose={() => setOpen(false)} />
            )}
          </Suspense>
        </div>
      )}
    </>
  )
}
