import {
  type Announcements,
  DndContext,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type ReactNode, useState } from 'react'
import { useText } from '@/lib/usetext'
import './drag.css'

// Dragging with mouse or finger, behind one wrapper. It is never the only way: whatever can be
// dragged also has a menu, which is what keyboards, screen readers and small screens use.

interface AreaProps<Piece, Place> {
  /** What is said of a piece under the pointer. */
  label: (piece: Piece) => string
  onDrop: (piece: Piece, place: Place) => void
  /** Hears which piece is under way, and when none is any more. */
  onDrag?: (piece: Piece | undefined) => void
  children: ReactNode
}

/** Within an area pieces are dragged to places. */
export function DragArea<Piece, Place>({ label, onDrop, onDrag, children }: AreaProps<Piece, Place>) {
  const { t } = useText()
  const [dragged, setDragged] = useState<Piece>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const silent: Announcements = {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements: silent, screenReaderInstructions: { draggable: t('app.dragByMenu') } }}
      onDragStart={({ active }) => {
        const piece = active.data.current?.piece as Piece
        setDragged(piece)
        onDrag?.(piece)
      }}
      onDragCancel={() => {
        setDragged(undefined)
        onDrag?.(undefined)
      }}
      onDragEnd={({ active, over }) => {
        setDragged(undefined)
        onDrag?.(undefined)
        if (over) onDrop(active.data.current?.piece as Piece, over.data.current?.place as Place)
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {dragged !== undefined && <div className="drag-ghost">{label(dragged)}</div>}
      </DragOverlay>
    </DndContext>
  )
}

interface PieceProps<Piece> {
  id: string
  piece: Piece
  disabled?: boolean
  className?: string
  children: ReactNode
}

/** What can be dragged. It is no control of its own: what can be pressed stands inside it. */
export function DragPiece<Piece>({ id, piece, disabled, className = '', children }: PieceProps<Piece>) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, data: { piece }, disabled })
  return (
    <div
      ref={setNodeRef}
      className={`${className} ${disabled ? '' : 'draggable'} ${isDragging ? 'dragged' : ''}`}
      {...(disabled ? {} : listeners)}
    >
      {children}
    </div>
  )
}

interface PlaceProps<Place> {
  id: string
  place: Place
  disabled?: boolean
  className?: string
  children: ReactNode
}

/** Where something can be put. */
export function DropPlace<Place>({ id, place, disabled, className = '', children }: PlaceProps<Place>) {
  const { setNodeRef, isOver } = useDroppable({ id, data: { place }, disabled })
  return (
    <div ref={setNodeRef} className={`${className} ${isOver ? 'drop-here' : ''}`}>
      {children}
    </div>
  )
}
