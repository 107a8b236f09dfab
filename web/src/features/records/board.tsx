import { useCallback, useMemo, useState } from 'react'
import { rereadLists, saveCells } from '@/api/celledit'
import { isHeld } from '@/api/held'
import { fieldOf } from '@/api/kinds'
import { isStale } from '@/api/problem'
import { readRecord } from '@/api/records'
import type { Field, Item, Kind, Value } from '@/api/types'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { DragArea } from '@/ui/drag'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { BoardColumn } from './boardcolumn'
import { useBoardStages } from './boardstages'
import { gateFields, passage, usePassageText, useRefusal } from './gate'
import { GateDialog } from './gatedialog'
import type { ListSearch } from './search'
import './board.css'

interface Props {
  kind: Kind
  filter: string | undefined
  search: ListSearch
  columns: Field[]
  onOpen: (item: Item) => void
}

/**
 * The list by stage. Each column is an endless list of its own, through the gate like any other; a
 * card is dragged, or sent by its menu, and what stands before a stage is told before it is let go.
 */
export default function Board({ kind, filter, search, columns, onOpen }: Props) {
  const { t, pick } = useText()
  const phone = usePhone()
  const stages = useBoardStages(kind, filter, search.q)
  const [dragged, setDragged] = useState<Item>()
  const [chosen, setTab] = useState<string>()
  const tab = stages.some((stage) => stage.code === chosen) ? chosen : stages[0]?.code
  const [asking, setAsking] = useState<{ item: Item; to: string; lacks: Field[] }>()
  const [refused, setRefused] = useState<string>()
  const done = useUndo()
  const refusal = useRefusal(kind)
  const passageText = usePassageText(kind)

  const money = kind.fields.find((f) => f.type === 'money' && f.name === 'amount' && f.level !== 'hidden')
  const shown = useMemo(
    () => columns.filter((c) => !['stage', 'currency', 'updated_at', kind.title].includes(c.name)).slice(0, 4),
    [columns, kind.title],
  )
  const fields = useMemo(() => {
    const names = new Set([kind.title, 'stage', ...shown.map((c) => c.name), ...gateFields(kind)])
    if (money) names.add(money.name)
    if (fieldOf(kind, 'currency')) names.add('currency')
    return [...names].filter((name) => fieldOf(kind, name)).join(',')
  }, [kind, shown, money])

  const save = useCallback(
    async (item: Item, to: string, more: Record<string, Value>) => {
      const before: Record<string, Value> = { stage: item.fields.stage ?? null }
      for (const name of Object.keys(more)) before[name] = item.fields[name] ?? null
      let saved: Item
      try {
        saved = await saveCells(kind.name, { id: item.id, version: item.version, fields: { stage: to, ...more } })
      } catch (error) {
        // Moved by somebody else meanwhile? If the stage is as it was, the move still means the same.
        if (!isStale(error)) throw error
        const now = await readRecord(kind.name, item.id)
        if (now.fields.stage !== item.fields.stage) {
          await rereadLists(kind.name)
          throw error
        }
        saved = await saveCells(kind.name, { id: item.id, version: now.version, fields: { stage: to, ...more } })
      }
      void rereadLists(kind.name)
      const stage = kind.stages?.find((s) => s.code === to)
      done(t('lists.board.moved', { title: saved.title || item.title, stage: stage ? pick(stage.label) : to }), async () => {
        await saveCells(kind.name, { id: saved.id, version: saved.version, fields: before })
        await rereadLists(kind.name)
      })
    },
    [kind.name, kind.stages, done, t, pick],
  )

  const move = (item: Item, to: string) => {
    if (item.fields.stage === to) return
    setRefused(undefined)
    const way = passage(kind, item, to)
    if (way && (way.barred || way.locked)) {
      setRefused(passageText(to, way))
      return
    }
    if (way) {
      setAsking({ item, to, lacks: way.lacks })
      return
    }
    save(item, to, {}).catch((error: unknown) => isHeld(error) || setRefused(refusal(error)))
  }

  const column = (code: string, label: string) => (
    <BoardColumn
      key={code}
      kind={kind}
      stage={code}
      label={label}
      filter={filter}
      search={search}
      fields={fields}
      shown={shown}
      money={money}
      dragged={dragged}
      onMove={move}
      onOpen={onOpen}
    />
  )

  return (
    <div className="board">
      {refused && (
        <p className="note bad board-note" role="alert">
          {refused}
          <button type="button" className="quiet" onClick={() => setRefused(undefined)}>
            {t('app.close')}
          </button>
        </p>
      )}
      {phone ? (
        <>
          <div className="board-tabs" role="tablist" aria-label={t('lists.board.stages')}>
            {stages.map((stage) => (
              <button
                key={stage.code}
                type="button"
                role="tab"
                aria-selected={stage.code === tab}
                onClick={() => setTab(stage.code)}
              >
                {pick(stage.label)}
              </button>
            ))}
          </div>
          {stages.filter((stage) => stage.code === tab).map((stage) => column(stage.code, pick(stage.label)))}
        </>
      ) : (
        <DragArea<Item, string> label={(item) => item.title} onDrag={setDragged} onDrop={move}>
          <div className="board-columns" role="region" aria-label={t('lists.board.label', { kind: pick(kind.label) })} tabIndex={0}>
            {stages.map((stage) => column(stage.code, pick(stage.label)))}
          </div>
        </DragArea>
      )}
      {asking && (
        <GateDialog
          kind={kind}
          item={asking.item}
          to={asking.to}
          lacks={asking.lacks}
          onClose={() => setAsking(undefined)}
          onSave={async (values) => {
            try {
              await save(asking.item, asking.to, values)
              toast(t('lists.gate.passed'))
            } catch (error) {
              if (!isHeld(error)) throw error // else another dialog asks for it
            }
            setAsking(undefined)
          }}
        />
      )}
    </div>
  )
}
