import { useEffect, useId, useRef, useState } from 'react'
import type { Revealed } from '@/api/reveal'
import type { Field, Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Panel } from '@/ui/popover'
import RevealDialog from './revealdialog'
import { FieldValue } from './value'
import './reveal.css'

interface Props {
  kind: Kind
  item: Item
  field: Field
  short?: boolean
  /** What was revealed, while it is shown. */
  shown?: Revealed
  onShown: (shown: Revealed | undefined) => void
}

/** The eye beside a masked field, and what it shows: in the place of the mask, or over the cell of a list, which cuts off what is longer than its column. */
export default function Reveal({ kind, item, field, short, shown, onShown }: Props) {
  const { t, pick } = useText()
  const [asking, setAsking] = useState(false)
  const eye = useRef<HTMLButtonElement>(null)
  const id = useId()
  const over = () => onShown(undefined)
  const value = shown && <Shown kind={kind} item={item} field={field} short={short} shown={shown} onOver={over} />
  if (value && !short) return value
  return (
    <>
      <button ref={eye} type="button" className="reveal-eye" aria-label={t('reveal.one', { field: pick(field.label) })} title={t('reveal.act')} onClick={() => setAsking(true)}>
        <Icon name="eye" />
      </button>
      {value && (
        <Panel id={id} label={pick(field.label)} anchor={eye} onClose={over} onLeave={over}>
          {value}
        </Panel>
      )}
      {asking && (
        // A press or key in the dialog is none on the line of the list in which it was opened.
        <span role="presentation" onClick={stop} onDoubleClick={stop} onKeyDown={stop}>
          <RevealDialog kind={kind} item={item} field={field} onShown={onShown} onClose={() => setAsking(false)} />
        </span>
      )}
    </>
  )
}

const stop = (event: { stopPropagation: () => void }) => event.stopPropagation()

/** The value, until its time is over, the page is left or out of sight, or the reader has seen enough. */
function Shown({ kind, item, field, short, shown, onOver }: Omit<Props, 'onShown'> & { shown: Revealed; onOver: () => void }) {
  const { t, pick } = useText()
  const [left, setLeft] = useState(shown.seconds)
  const over = useRef(onOver)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    over.current = onOver
  })
  useEffect(() => {
    button.current?.focus()
    const until = Date.now() + shown.seconds * 1000
    const tick = setInterval(() => {
      const rest = Math.ceil((until - Date.now()) / 1000)
      if (rest > 0) setLeft(rest)
      else over.current()
    }, 250)
    const unseen = () => {
      if (document.visibilityState === 'hidden') over.current()
    }
    const gone = () => over.current()
    document.addEventListener('visibilitychange', unseen)
    addEventListener('pagehide', gone)
    return () => {
      clearInterval(tick)
      document.removeEventListener('visibilitychange', unseen)
      removeEventListener('pagehide', gone)
    }
  }, [shown])
  const plain: Item = {
    ...item,
    fields: { [field.name]: shown.value },
    refs: shown.ref ? { [field.name]: shown.ref } : {},
    masked: {},
    hidden: [],
    reveal: [],
  }
  return (
    <span className="reveal shown">
      <FieldValue kind={kind} item={plain} field={field} short={short} />
      <button ref={button} type="button" className="reveal-left num" aria-label={t('reveal.hideOne', { field: pick(field.label) })} title={t('reveal.hide')} onClick={onOver}>
        {t('reveal.seconds', { n: left })}
      </button>
    </span>
  )
}
