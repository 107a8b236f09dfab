import { useState } from 'react'
import type { Block } from '@/api/packs'
import type { Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { DragArea } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { AssignPanel } from './assignpanel'
import { BlockPalette } from './blockpalette'
import { addBlock, assign, type PackView } from './model'
import { PackDetail } from './packdetail'
import { NewPack } from './packdialog'
import { PackList } from './packlist'
import type { Piece, Place } from './place'
import type { PacksSearch } from './search'
import type { Policy } from './usepolicy'
import './parts.css'
import './packs.css'

interface Props {
  policy: Policy
  search: PacksSearch
  onSearch: (search: PacksSearch) => void
}

/** The packs, what the chosen one gives, and beside it whom it hangs on or the pieces to make it of. */
export function PacksView({ policy, search, onSearch }: Props) {
  const { t, pick } = useText()
  const [making, setMaking] = useState<PackView | true>()
  const { packs, mayEdit, edit } = policy
  const chosen = packs.find((pack) => pack.id === search.pack)
  const shown = chosen ?? packs[0]
  const side = search.side ?? 'assign'

  const put = async (block: Block, into: string) => {
    const pack = packs.find((p) => p.id === into)
    if (pack && (await edit((d) => addBlock(d, into, block)))) toast(t('policy.blocks.put', { pack: pick(pack.label) }))
  }
  const hang = async (pack: PackView, who: Clause) => {
    if (await edit((d) => assign(d, pack.id, who))) toast(t('policy.assign.done', { pack: pick(pack.label) }))
  }

  return (
    <DragArea<Piece, Place>
      label={(piece) => ('pack' in piece ? pick(piece.pack.label) : pick(piece.block.sentence))}
      onDrop={(piece, place) => {
        if ('pack' in piece && 'who' in place) void hang(piece.pack, place.who)
        if ('block' in piece && 'into' in place) void put(piece.block, place.into)
      }}
    >
      <div className={chosen ? 'packs chosen' : 'packs'}>
        <section className="packs-list" aria-label={t('policy.packs.title')}>
          <div className="packs-top">
            <h1>{t('policy.packs.title')}</h1>
            {mayEdit && (
              <button type="button" className="btn" onClick={() => setMaking(true)}>
                <Icon name="plus" />
                {t('policy.packs.new')}
              </button>
            )}
          </div>
          <PackList
            packs={packs}
            assignments={policy.assignments}
            chosen={shown?.id}
            mayEdit={mayEdit}
            onChoose={(pack) => onSearch({ ...search, pack })}
          />
        </section>
        {shown && (
          <section className="packs-detail" aria-label={pick(shown.label)}>
            <PackDetail
              key={shown.id}
              pack={shown}
              policy={policy}
              onBack={() => onSearch({ ...search, pack: undefined })}
              onCopy={() => setMaking(shown)}
              onBlocks={() => onSearch({ ...search, pack: shown.id, side: 'blocks' })}
            />
          </section>
        )}
        <section className="packs-side">
          <div className="segments packs-switch" role="group" aria-label={t('policy.packs.side')}>
            <button type="button" aria-pressed={side === 'assign'} onClick={() => onSearch({ ...search, side: undefined })}>
              {t('policy.assign.title')}
            </button>
            <button type="button" aria-pressed={side === 'blocks'} onClick={() => onSearch({ ...search, side: 'blocks' })}>
              {t('policy.blocks.title')}
            </button>
          </div>
          {side === 'assign' ? (
            <AssignPanel policy={policy} search={search} onSearch={onSearch} />
          ) : (
            <BlockPalette
              blocks={policy.blocks}
              packs={packs}
              mayEdit={mayEdit}
              into={shown?.custom ? shown : undefined}
              onPut={(block, into) => void put(block, into)}
              onNew={() => setMaking(true)}
            />
          )}
        </section>
      </div>
      {making && (
        <NewPack
          of={making === true ? undefined : making}
          policy={policy}
          onClose={() => setMaking(undefined)}
          onMade={(pack) => {
            setMaking(undefined)
            onSearch({ ...search, pack, side: 'blocks' })
          }}
        />
      )}
    </DragArea>
  )
}
