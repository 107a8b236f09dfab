import { useEffect, useRef } from 'react'
import { useWorking } from '@/api/reach'
import { useText } from '@/lib/usetext'

/** Says that what was sent is being done, when that takes longer than a second. */
export function Working() {
  const { t } = useText()
  const working = useWorking()
  const mark = useRef<HTMLDivElement>(null)
  // Above everything, also above a dialog whose button was pressed.
  useEffect(() => {
    if (working) mark.current?.showPopover?.()
    else mark.current?.hidePopover?.()
  }, [working])
  return (
    <div ref={mark} popover="manual" className="working" role="status">
      {working && (
        <>
          <span className="working-turn" aria-hidden="true" />
          {t('app.working')}
        </>
      )}
    </div>
  )
}
