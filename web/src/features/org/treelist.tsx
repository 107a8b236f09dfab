import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/usetext'
import { DragArea, DragPiece, DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import type { Line } from './tree'

interface Props {
  lines: Line[]
  chosen?: string
  hits?: Set<string>
  onToggle: (id: string, open: boolean) => void
  onChoose: (id: string) => void
  /** Where units can be moved by dragging; each move has its menu too. */
  onDrop?: (unit: string, to: string) => void
}

const height = 36

/** The open lines of the tree, virtual, with the keys that the tree pattern of ARIA asks for. */
export function TreeList({ lines, chosen, hits, onToggle, onChoose, onDrop }: Props) {
  const { t, format } = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(chosen ?? lines[0]?.node.unit.id)
  // The virtualizer keeps its own state and asks for a render itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => lines[index]?.node.unit.id ?? index,
    useFlushSync: false,
  })
  const index = Math.max(
    0,
    lines.findIndex((line) => line.node.unit.id === active),
  )
  const here = lines[index]

  useEffect(() => {
    const at = lines.findIndex((line) => line.node.unit.id === chosen)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
    // Only when another unit is chosen, not with every line that opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen])

  const go = (to: number) => {
    const line = lines[Math.min(Math.max(to, 0), lines.length - 1)]
    if (!line) return
    setActive(line.node.unit.id)
    virtual.scrollToIndex(lines.indexOf(line), { align: 'auto' })
  }

  const parentOf = (at: number) => {
    const depth = lines[at]?.depth ?? 0
    for (let i = at; i >= 0; i--) if ((lines[i]?.depth ?? 0) < depth) return i
    return at
  }

  const press = (event: KeyboardEvent) => {
    if (!here || event.nativeEvent.isComposing) return
    const id = here.node.unit.id
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      ArrowRight: () => (here.open || here.node.children.length === 0 ? go(index + 1) : onToggle(id, true)),
      ArrowLeft: () => (here.open ? onToggle(id, false) : go(parentOf(index))),
      Enter: () => onChoose(id),
      ' ': () => onChoose(id),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const tree = (
    <div
      ref={scroller}
      className="tree"
      role="tree"
      aria-label={t('org.tree')}
      tabIndex={0}
      aria-activedescendant={here ? `unit-${here.node.unit.id}` : undefined}
      onKeyDown={press}
    >
      <div role="presentation" className="tree-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const { unit, children } = line.node
          return (
            <div
              key={item.key}
              id={`unit-${unit.id}`}
              role="treeitem"
              aria-level={line.depth + 1}
              aria-posinset={line.at}
              aria-setsize={line.of}
              aria-expanded={children.length > 0 ? line.open : undefined}
              aria-selected={unit.id === chosen}
              className={`tree-line ${unit.id === active ? 'active' : ''} ${hits?.has(unit.id) ? 'hit' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, paddingInlineStart: 8 + line.depth * 20 }}
              onClick={() => {
                setActive(unit.id)
                onChoose(unit.id)
              }}
            >
              <span
                className={children.length > 0 ? 'tree-mark' : 'tree-mark none'}
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation()
                  onToggle(unit.id, !line.open)
                }}
              >
                <Icon name={line.open ? 'down' : 'right'} />
              </span>
              <Movable unit={unit.id} root={!unit.parent} on={onDrop !== undefined}>
                <span className="tree-name">{unit.name}</span>
              </Movable>
              {unit.heads && unit.heads.length > 0 && (
                <span className="tree-heads">{unit.heads.map((head) => head.name).join(t('app.comma'))}</span>
              )}
              {line.node.people > 0 && (
                <span className="tree-count num">
                  {t('org.people', { count: line.node.people, n: format.number(line.node.people) })}
                </span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
  if (!onDrop) return tree
  const nameOf = (id: string) => lines.find((line) => line.node.unit.id === id)?.node.unit.name ?? ''
  return (
    <DragArea label={nameOf} onDrop={onDrop}>
      {tree}
    </DragArea>
  )
}

function Movable({ unit, root, on, children }: { unit: string; root: boolean; on: boolean; children: ReactNode }) {
  if (!on) return children
  return (
    <DropPlace id={`to-${unit}`} place={unit} className="tree-drop">
      <DragPiece id={`unit-piece-${unit}`} piece={unit} disabled={root} className="tree-piece">
        {children}
      </DragPiece>
    </DropPlace>
  )
}
