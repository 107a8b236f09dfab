import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import './states.css'

interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>
  onClick: () => void
  'aria-expanded': boolean
  'aria-haspopup': 'dialog'
  'aria-controls': string | undefined
}

interface Props {
  label: string
  wide?: boolean
  trigger: (props: TriggerProps) => ReactNode
  children: ReactNode | ((close: () => void) => ReactNode)
}

/**
 * A button with a panel beside it. Esc and a press outside close it, focus moves in and comes
 * back; on a phone the panel is a sheet at the bottom (states.css).
 */
export function Popover({ label, wide, trigger, children }: Props) {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => {
    setOpen(false)
    anchor.current?.focus()
  }
  return (
    <>
      {trigger({
        ref: anchor,
        onClick: () => setOpen(!open),
        'aria-expanded': open,
        'aria-haspopup': 'dialog',
        'aria-controls': open ? id : undefined,
      })}
      {open && (
        <Panel id={id} label={label} wide={wide} anchor={anchor} onClose={close} onLeave={() => setOpen(false)}>
          {children}
        </Panel>
      )}
    </>
  )
}

interface PanelProps {
  id: string
  label: string
  wide?: boolean
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
  onLeave: () => void
  children: Props['children']
}

const gap = 6
const edge = 12

/** The panel alone, beside an element that is no button of its own. */
export function Panel({ id, label, wide, anchor, onClose, onLeave, children }: PanelProps) {
  const panel = useRef<HTMLDivElement>(null)

  // The panel grows when its content arrives, so it is placed anew with every change of size.
  useLayoutEffect(() => {
    const box = panel.current
    const button = anchor.current
    if (!box || !button) return
    const place = () => {
      const at = button.getBoundingClientRect()
      const size = box.getBoundingClientRect()
      const below = at.bottom + gap
      const fits = below + size.height <= innerHeight - edge || at.top < innerHeight / 2
      const top = fits ? Math.min(below, innerHeight - edge - size.height) : at.top - gap - size.height
      const left = Math.min(Math.max(edge, at.left), innerWidth - edge - size.width)
      box.style.top = `${Math.max(edge, top)}px`
      box.style.left = `${Math.max(edge, left)}px`
    }
    place()
    box.focus({ preventScroll: true })
    if (typeof ResizeObserver === 'undefined') return
    const watch = new ResizeObserver(place)
    watch.observe(box)
    return () => watch.disconnect()
  }, [anchor])

  useEffect(() => {
    const press = (event: PointerEvent) => {
      const target = event.target as Element
      if (panel.current?.contains(target) || anchor.current?.contains(target)) return
      // What Ant Design opens from inside the panel stands elsewhere in the document.
      if (target.closest('.ant-select-dropdown, .ant-picker-dropdown, .popover')) return
      onLeave()
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [anchor, onLeave])

  const [home] = useState(() => anchor.current?.closest('dialog') ?? document.body)
  return createPortal(
    <div
      ref={panel}
      id={id}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={wide ? 'popover wide' : 'popover'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      {typeof children === 'function' ? children(onClose) : children}
    </div>,
    home,
  )
}
