import { type ReactNode, useEffect, useId, useRef } from 'react'
import './dialog.css'

interface Props {
  title: string
  onCancel: () => void
  footer: ReactNode
  wide?: boolean
  children: ReactNode
}

/** A modal dialog: the browser's own, which holds the focus and makes the rest inert. */
export function Dialog({ title, onCancel, footer, wide, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onCancel()
      }}
    >
      <h2 id={id}>{title}</h2>
      <div className="dialog-body">{children}</div>
      <div className="dialog-foot">{footer}</div>
    </dialog>
  )
}
