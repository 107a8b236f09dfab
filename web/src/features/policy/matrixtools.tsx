import { useState } from 'react'
import type { Matrix } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { Chooser } from './chooser'
import { whoKey } from './looks'
import { useKindNames, usePlaceNames } from './names'
import { PersonSearch } from './personsearch'
import { type MatrixSearch, places } from './search'
import { inOrder } from './unitorder'
import type { Policy } from './usepolicy'
import { Who } from './who'

interface Props {
  matrix: Matrix
  policy: Policy
  search: MatrixSearch
  onSearch: (search: MatrixSearch) => void
}

const uncompared = { a: undefined, b: undefined, diff: undefined }

/** What is shown of the matrix: actions or fields, whose, of which kinds, in force or drafted. */
export function MatrixTools({ matrix, policy, search, onSearch }: Props) {
  const { t } = useText()
  const [text, setText] = useState(search.q ?? '')
  const on = search.on ?? 'position'
  return (
    <div className="mx-tools">
      <h1 className="sr-only">{t('policy.matrix.title')}</h1>
      <div className="segments" role="group" aria-label={t('policy.matrix.part')}>
        {(['actions', 'fields'] as const).map((part) => (
          <button key={part} type="button" aria-pressed={matrix.part === part} onClick={() => onSearch({ ...search, part: part === 'actions' ? undefined : part })}>
            {t(`policy.matrix.parts.${part}`)}
          </button>
        ))}
      </div>
      <div className="segments" role="group" aria-label={t('policy.matrix.rows')}>
        {places.map((place) => (
          <button
            key={place}
            type="button"
            aria-pressed={on === place}
            onClick={() => onSearch({ ...search, ...uncompared, on: place === 'position' ? undefined : place, ids: undefined })}
          >
            {t(`policy.sorts.${place}`)}
          </button>
        ))}
      </div>
      <Rows search={search} onSearch={onSearch} />
      <Kinds search={search} onSearch={onSearch} />
      <div className="search-line mx-find">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          value={text}
          aria-label={t('policy.matrix.find')}
          placeholder={t('policy.matrix.find')}
          onChange={(event) => {
            setText(event.target.value)
            if (!(event.nativeEvent as InputEvent).isComposing) onSearch({ ...search, q: event.target.value.trim() || undefined })
          }}
          onCompositionEnd={(event) => onSearch({ ...search, q: event.currentTarget.value.trim() || undefined })}
        />
      </div>
      {matrix.rows.length > 1 && !search.a && (
        <button type="button" className="quiet" onClick={() => onSearch({ ...search, a: whoKey(matrix.rows[0]?.who ?? {}), b: whoKey(matrix.rows[1]?.who ?? {}) })}>
          <Icon name="columns" />
          {t('policy.compare.title')}
        </button>
      )}
      <span className="mx-gap" />
      {policy.draft && (
        <div className="segments" role="group" aria-label={t('policy.matrix.of')}>
          <button type="button" aria-pressed={!search.draft} onClick={() => onSearch({ ...search, draft: undefined })}>
            {t('policy.matrix.inForce')}
          </button>
          <button type="button" aria-pressed={search.draft ?? false} onClick={() => onSearch({ ...search, draft: true })}>
            {t('policy.matrix.inDraft')}
          </button>
        </div>
      )}
      <Legend fields={matrix.part === 'fields'} />
    </div>
  )
}

interface PartProps {
  search: MatrixSearch
  onSearch: (search: MatrixSearch) => void
}

function Rows({ search, onSearch }: PartProps) {
  const { t, pick } = useText()
  const names = usePlaceNames()
  const on = search.on ?? 'position'
  const set = (ids: string[]) => onSearch({ ...search, ...uncompared, ids: ids.length > 0 ? ids : undefined })
  const label = search.ids
    ? t('policy.matrix.rowsChosen', { count: search.ids.length, n: search.ids.length })
    : t('policy.matrix.chooseRows')
  return (
    <Popover
      label={t('policy.matrix.chooseRows')}
      trigger={(props) => (
        <button type="button" className={search.ids ? 'quiet on' : 'quiet'} {...props}>
          <Icon name="filter" />
          {label}
        </button>
      )}
    >
      {on === 'person' ? (
        <People ids={search.ids ?? []} onChange={set} />
      ) : (
        <Chooser
          label={t('policy.matrix.chooseRows')}
          chosen={search.ids ?? []}
          onChange={set}
          options={
            on === 'position'
              ? names.positions.map((p) => ({ id: p.code, name: pick(p.label), depth: 0 }))
              : inOrder(names.units).map(({ unit, depth }) => ({ id: unit.id, name: unit.name, depth }))
          }
        />
      )}
    </Popover>
  )
}

function People({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useText()
  return (
    <div className="chooser">
      <ul className="chips">
        {ids.map((id) => (
          <li key={id} className="chip">
            <Who who={{ person: id }} />
            <button type="button" className="chip-act" aria-label={t('policy.matrix.dropRow')} onClick={() => onChange(ids.filter((one) => one !== id))}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <PersonSearch onChoose={(id) => !ids.includes(id) && onChange([...ids, id])} />
    </div>
  )
}

function Kinds({ search, onSearch }: PartProps) {
  const { t } = useText()
  const kindName = useKindNames()
  const all = kindName.all.filter((kind) => kind !== 'system' || search.part !== 'fields')
  return (
    <Popover
      label={t('policy.matrix.chooseKinds')}
      trigger={(props) => (
        <button type="button" className={search.kinds ? 'quiet on' : 'quiet'} {...props}>
          <Icon name="other" />
          {search.kinds
            ? t('policy.matrix.kindsChosen', { count: search.kinds.length, n: search.kinds.length })
            : t('policy.matrix.chooseKinds')}
        </button>
      )}
    >
      <Chooser
        label={t('policy.matrix.chooseKinds')}
        chosen={search.kinds ?? []}
        onChange={(kinds) => onSearch({ ...search, kinds: kinds.length > 0 ? kinds : undefined })}
        options={all.map((kind) => ({ id: kind, name: kindName(kind), depth: 0 }))}
      />
    </Popover>
  )
}

function Legend({ fields }: { fields: boolean }) {
  const { t } = useText()
  const lines: Record<string, string> = fields
    ? t('policy.legend.fields', { returnObjects: true })
    : t('policy.legend.actions', { returnObjects: true })
  return (
    <Popover
      label={t('policy.legend.title')}
      trigger={(props) => (
        <button type="button" className="quiet" {...props}>
          <Icon name="info" />
          {t('policy.legend.title')}
        </button>
      )}
    >
      <div className="legend">
        <dl>
          {Object.entries(lines).map(([key, text]) => {
            const [mark, ...rest] = text.split('|')
            return (
              <div key={key}>
                <dt>{mark}</dt>
                <dd>{rest.join('|')}</dd>
              </div>
            )
          })}
        </dl>
        <p className="muted">{t('policy.legend.as')}</p>
      </div>
    </Popover>
  )
}
