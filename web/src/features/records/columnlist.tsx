import { type KeyboardEvent, useRef } from 'react'
import type { Field, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { DragArea, DragPiece, DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import type { ListSearch } from './search'

interface Props {
  kind: Kind
  columns: Field[]
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

/** Which columns a list shows, and in which order: dragged, or moved with Alt and the arrow keys. */
export default function ColumnList({ kind, columns, search, onSearch }: Props) {
  const { t, pick } = useText()
  const list = useRef<HTMLFieldSetElement>(null)
  const shown = columns.map((c) => c.name)
  const rest = kind.fields.filter((field) => field.name !== 'id' && field.level !== 'hidden' && !shown.includes(field.name))
  const set = (names: string[]) => onSearch({ ...search, cols: names.join(',') })
  const move = (name: string, to: number) => {
    const at = Math.max(1, Math.min(to, shown.length - 1)) // the title stays first
    const next = shown.filter((n) => n !== name)
    next.splice(at, 0, name)
    set(next)
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-name="${name}"] input`)?.focus())
  }
  const key = (event: KeyboardEvent, name: string, index: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!event.altKey || step === 0) return
    event.preventDefault()
    move(name, index + step)
  }
  return (
    <fieldset ref={list} className="chooser">
      <legend>{t('list.chooseColumns')}</legend>
      <p className="chooser-hint">{t('lists.columns.hint')}</p>
      <div className="chooser-list">
        <DragArea<string, number> label={(name) => pick(columns.find((c) => c.name === name)?.label ?? { zh: name, en: name })} onDrop={move}>
          {columns.map((field, index) => (
            <DropPlace<number> key={field.name} id={`at ${field.name}`} place={index} disabled={index === 0}>
              <DragPiece<string> id={field.name} piece={field.name} disabled={index === 0} className="chooser-row">
                <label data-name={field.name}>
                  <Icon name="grip" />
                  <input
                    type="checkbox"
                    checked
                    disabled={field.name === kind.title}
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    onKeyDown={(event) => key(event, field.name, index)}
                    onChange={() => set(shown.filter((n) => n !== field.name))}
                  />
                  {pick(field.label)}
                  {field.level === 'masked' && <Icon name="lock" />}
                </label>
                {index > 0 && (
                  <span className="chooser-moves">
                    <button
                      type="button"
                      aria-label={t('lists.columns.up', { column: pick(field.label) })}
                      disabled={index === 1}
                      onClick={() => move(field.name, index - 1)}
                    >
                      <Icon name="up" />
                    </button>
                    <button
                      type="button"
                      aria-label={t('lists.columns.down', { column: pick(field.label) })}
                      disabled={index === columns.length - 1}
                      onClick={() => move(field.name, index + 1)}
                    >
                      <Icon name="down" />
                    </button>
                  </span>
                )}
              </DragPiece>
            </DropPlace>
          ))}
        </DragArea>
        {rest.length > 0 && <p className="chooser-hint">{t('lists.columns.more')}</p>}
        {rest.map((field) => (
          <label key={field.name} data-name={field.name}>
            <input type="checkbox" checked={false} onChange={() => set([...shown, field.name])} />
            {pick(field.label)}
            {field.level === 'masked' && <Icon name="lock" />}
          </label>
        ))}
      </div>
      <button
        type="button"
        className="quiet"
        disabled={!search.cols && !search.w}
        onClick={() => onSearch({ ...search, cols: undefined, w: undefined })}
      >
        {t('list.resetColumns')}
      </button>
    </fieldset>
  )
}
