import { useEffect, useRef } from 'react'
import type { Field, Item, Kind } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { Why } from '@/permission/why'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'

interface Props {
  kind: Kind
  item: Item
  field: Field
  onClose: () => void
}

/** A cell that cannot be changed says why, at once. */
export function WhyNot({ kind, item, field, onClose }: Props) {
  const { t, pick } = useText()
  const title = t('lists.cell.whyNot', { field: pick(field.label) })
  const opened = useRef(false)
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (opened.current) return
    opened.current = true
    here.current?.querySelector<HTMLElement>('button.cell-why')?.click()
  }, [])
  useEffect(() => {
    const press = (event: PointerEvent) => {
      const target = event.target as Element
      if (!here.current?.contains(target) && !target.closest('.popover')) onClose()
    }
    document.addEventListener('pointerdown', press, true)
    return () => document.removeEventListener('pointerdown', press, true)
  }, [onClose])
  return (
    <span ref={here} className="cell-locked">
      <span className="cell">
        <FieldValue kind={kind} item={item} field={field} short />
      </span>
      <Popover
        wide
        label={title}
        trigger={(props) => (
          <button type="button" className="cell-why" aria-label={title} {...props}>
            <Icon name="lock" />
          </button>
        )}
      >
        {field.read_only ? (
          <div className="why">
            <h2>{title}</h2>
            <p>{t('lists.cell.system')}</p>
          </div>
        ) : (
          <Why question={{ kind: kind.name, id: item.id, action: 'edit', field: field.name }} title={title} />
        )}
      </Popover>
    </span>
  )
}
