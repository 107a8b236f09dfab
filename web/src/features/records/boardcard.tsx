import { fieldOf } from '@/api/kinds'
import type { Field, Item, Kind } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { isEmpty, mayEdit } from '@/permission/access'
import { HeldMark } from '@/permission/heldmark'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { passage, usePassageText } from './gate'
import { TitleLink } from './titlelink'

interface Props {
  kind: Kind
  item: Item
  shown: Field[]
  onMove: (item: Item, to: string) => void
  onOpen: (item: Item) => void
}

/** A card of the board. What dragging does its menu does too. */
export function BoardCard({ kind, item, shown, onMove, onOpen }: Props) {
  const { t, pick } = useText()
  const passageText = usePassageText(kind)
  const rest = shown.filter((field) => !isEmpty(item, field.name))
  const open = (target: EventTarget) => {
    if (!(target as Element).closest('a, button, .popover')) onOpen(item)
  }
  return (
    // The title is the link; a press beside it is a convenience for the mouse.
    <div className="board-card" onClick={(event) => open(event.target)}>
      <div className="board-card-top">
        <TitleLink kind={kind} item={item} />
        <HeldMark item={item} field="stage" label={pick(fieldOf(kind, 'stage')?.label ?? { zh: '', en: '' })} />
        {mayEdit(item, 'stage') && (
          <Popover
            label={t('lists.board.moveTo', { title: item.title })}
            trigger={(props) => (
              <button type="button" className="quiet icon-only" aria-label={t('lists.board.moveTo', { title: item.title })} {...props}>
                <Icon name="more" />
              </button>
            )}
          >
            {(close) => (
              <div className="menu board-menu">
                <p className="menu-title">{t('lists.board.move')}</p>
                {(kind.stages ?? []).map((stage) => {
                  const here = item.fields.stage === stage.code
                  if (stage.retired && !here) return null
                  const way = passage(kind, item, stage.code)
                  const shut = way !== undefined && (way.barred !== undefined || way.locked)
                  return (
                    <button
                      key={stage.code}
                      type="button"
                      className="menu-item"
                      aria-current={here ? 'true' : undefined}
                      disabled={here || shut}
                      onClick={() => {
                        close()
                        onMove(item, stage.code)
                      }}
                    >
                      <span>
                        {pick(stage.label)}
                        {way && <span className="board-menu-why">{passageText(stage.code, way)}</span>}
                      </span>
                      {here && <Icon name="check" />}
                    </button>
                  )
                })}
              </div>
            )}
          </Popover>
        )}
      </div>
      <dl>
        {rest.map((field) => (
          <div key={field.name}>
            <dt className="sr-only">{pick(field.label)}</dt>
            <dd title={pick(field.label)}>
              <FieldValue kind={kind} item={item} field={field} short />
              <HeldMark item={item} field={field.name} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
