import { useMemo, useState } from 'react'
import type { Block } from '@/api/packs'
import { useText } from '@/lib/usetext'
import { DragPiece } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { Said } from '@/ui/said'
import type { PackView } from './model'
import { useKindNames } from './names'
import type { Piece } from './place'

interface Props {
  blocks: Block[]
  packs: PackView[]
  mayEdit: boolean
  /** The pack of the company's own that is looked at. */
  into?: PackView
  onPut: (block: Block, into: string) => void
  onNew: () => void
}

/** The pieces of which packs are made: dragged into one, or put there by a menu. */
export function BlockPalette({ blocks, packs, mayEdit, into, onPut, onNew }: Props) {
  const { t, pick } = useText()
  const kindName = useKindNames()
  const [text, setText] = useState('')
  const [kind, setKind] = useState('')
  const kinds = useMemo(() => [...new Set(blocks.map((b) => b.kind))], [blocks])
  const needle = text.trim().toLowerCase()
  const shown = blocks.filter(
    (b) =>
      (kind === '' || b.kind === kind) &&
      [b.sentence.zh, b.sentence.en, b.scene.zh, b.scene.en].some((s) => s.toLowerCase().includes(needle)),
  )
  const groups = [...new Map(shown.map((b) => [b.group, b.group_label]))]
  const own = packs.filter((p) => p.custom)
  return (
    <div className="palette">
      <div className="palette-tools">
        <div className="search-line">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            autoComplete="off"
            value={text}
            aria-label={t('policy.blocks.search')}
            placeholder={t('policy.blocks.search')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <select className="input" aria-label={t('policy.blocks.kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
          <option value="">{t('policy.blocks.allKinds')}</option>
          {kinds.map((k) => (
            <option key={k} value={k}>
              {kindName(k) || k}
            </option>
          ))}
        </select>
      </div>
      <p className="muted palette-hint">{mayEdit ? t('policy.blocks.hint') : t('policy.blocks.readOnly')}</p>
      <div className="palette-list" tabIndex={0} role="region" aria-label={t('policy.blocks.title')}>
        {groups.length === 0 && <p className="muted">{t('policy.blocks.none')}</p>}
        {groups.map(([group, label]) => (
          <section key={group}>
            <h3>{pick(label)}</h3>
            <ul>
              {shown
                .filter((b) => b.group === group)
                .map((block) => (
                  <li key={block.id}>
                    <DragPiece<Piece> id={`block ${block.id}`} piece={{ block }} disabled={!mayEdit} className="block">
                      <span className="tag">{kindName(block.kind) || block.kind}</span>
                      <p className="block-name">{pick(block.label)}</p>
                      <p className="muted block-scene"><Said text={pick(block.sentence)} /></p>
                      {mayEdit && <PutMenu block={block} own={own} into={into} onPut={onPut} onNew={onNew} />}
                    </DragPiece>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

interface PutProps {
  block: Block
  own: PackView[]
  into?: PackView
  onPut: (block: Block, into: string) => void
  onNew: () => void
}

function PutMenu({ block, own, into, onPut, onNew }: PutProps) {
  const { t, pick } = useText()
  if (into) {
    return (
      <button type="button" className="quiet block-put" onClick={() => onPut(block, into.id)}>
        <Icon name="plus" />
        {t('policy.blocks.putInto', { pack: pick(into.label) })}
      </button>
    )
  }
  return (
    <Popover
      label={t('policy.blocks.putTo')}
      trigger={(props) => (
        <button type="button" className="quiet block-put" {...props}>
          <Icon name="plus" />
          {t('policy.blocks.putTo')}
        </button>
      )}
    >
      {(close) => (
        <div className="menu">
          {own.map((pack) => (
            <button
              key={pack.id}
              type="button"
              className="menu-item"
              onClick={() => {
                close()
                onPut(block, pack.id)
              }}
            >
              {pick(pack.label)}
            </button>
          ))}
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close()
              onNew()
            }}
          >
            <Icon name="plus" />
            {t('policy.packs.new')}
          </button>
        </div>
      )}
    </Popover>
  )
}
