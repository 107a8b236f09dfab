import { lazy, Suspense, useId, useRef, useState } from 'react'
import type { Item } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { actsOf } from './acts'

const RowMenu = lazy(() => withTexts(['pools'], import('./rowmenu')))

/** The button of a row or card behind which claim, assign and release stand. */
export function RowActs({ kind, item }: { kind: string; item: Item }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  if (actsOf(item).length === 0) return null
  return (
    <>
      <button
        ref={button}
        type="button"
        className="quiet icon-only row-acts"
        aria-label={t('list.rowActs', { title: item.title })}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <Suspense>
          <RowMenu kind={kind} item={item} anchor={button} id={id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
