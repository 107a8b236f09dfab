import { useState } from 'react'
import { useAppointmentsOf } from '@/api/packs'
import type { Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import { CarriedList } from './carriedlist'
import { carried, type Post } from './model'
import { usePlaceNames } from './names'
import type { Place } from './place'
import { PersonSearch } from './personsearch'
import { type PacksSearch, places } from './search'
import { inOrder } from './unitorder'
import type { Policy } from './usepolicy'

interface Props {
  policy: Policy
  search: PacksSearch
  onSearch: (search: PacksSearch) => void
}

/** Positions, units and people: what packs are dragged onto, and which they carry. */
export function AssignPanel({ policy, search, onSearch }: Props) {
  const { t } = useText()
  const on = search.on ?? 'position'
  const choose = (at: string | undefined) => onSearch({ ...search, at: at === search.at ? undefined : at })
  return (
    <div className="assign">
      <div className="segments" role="group" aria-label={t('policy.assign.on')}>
        {places.map((place) => (
          <button
            key={place}
            type="button"
            aria-pressed={on === place}
            onClick={() => onSearch({ ...search, on: place === 'position' ? undefined : place, at: undefined })}
          >
            {t(`policy.sorts.${place}`)}
          </button>
        ))}
      </div>
      <p className="muted palette-hint">{policy.mayEdit ? t('policy.assign.hint') : t('policy.assign.readOnly')}</p>
      <div className="assign-list">
        {on === 'position' && <Positions policy={policy} at={search.at} onChoose={choose} />}
        {on === 'unit' && <Units policy={policy} at={search.at} onChoose={choose} />}
        {on === 'person' && <Person policy={policy} at={search.at} onChoose={(at) => onSearch({ ...search, at })} />}
      </div>
    </div>
  )
}

interface ListProps {
  policy: Policy
  at?: string
  onChoose: (id: string | undefined) => void
}

function Positions({ policy, at, onChoose }: ListProps) {
  const { t, pick } = useText()
  const { positions } = usePlaceNames()
  if (positions.length === 0) return <p className="muted">{t('policy.assign.noPositions')}</p>
  // What carries packs comes first: a company has many positions, and few of them matter here.
  const carries = (code: string) => policy.assignments.some((a) => a.who.position === code && !a.who.unit)
  const sorted = positions.toSorted((a, b) => Number(carries(b.code)) - Number(carries(a.code)))
  return (
    <ul>
      {sorted.map((p) => (
        <Target key={p.code} id={p.code} who={{ position: p.code }} name={pick(p.label)} policy={policy} open={at === p.code} onChoose={onChoose} />
      ))}
    </ul>
  )
}

function Units({ policy, at, onChoose }: ListProps) {
  const { t } = useText()
  const { units } = usePlaceNames()
  const [text, setText] = useState('')
  const needle = text.trim().toLowerCase()
  const shown = inOrder(units).filter(({ unit }) => unit.name.toLowerCase().includes(needle))
  return (
    <>
      <div className="search-line">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          value={text}
          aria-label={t('org.search')}
          placeholder={t('org.search')}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <ul>
        {shown.map(({ unit, depth }) => (
          <Target
            key={unit.id}
            id={unit.id}
            who={{ unit: unit.id, below: true }}
            name={unit.name}
            depth={needle ? 0 : depth}
            policy={policy}
            open={at === unit.id}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </>
  )
}

function Person({ policy, at, onChoose }: ListProps) {
  const { t } = useText()
  const { units } = usePlaceNames()
  const appointments = useAppointmentsOf(at)
  const posts: Post[] = (appointments.data?.items ?? []).map((a) => ({ position: a.position.code, unit: a.unit.id }))
  const target: Clause = { person: at }
  return (
    <>
      <PersonSearch chosen={at} onChoose={onChoose} />
      {at && (
        <DropPlace<Place> id={`person ${at}`} place={{ who: target }} disabled={!policy.mayEdit} className="target-open">
          <h3>{t('policy.assign.carries')}</h3>
          <CarriedList list={carried(policy.assignments, target, posts, units)} who={target} policy={policy} />
        </DropPlace>
      )}
    </>
  )
}

interface TargetProps {
  id: string
  who: Clause
  name: string
  depth?: number
  policy: Policy
  open: boolean
  onChoose: (id: string) => void
}

function Target({ id, who, name, depth = 0, policy, open, onChoose }: TargetProps) {
  const { t, pick } = useText()
  const { units } = usePlaceNames()
  const list = carried(policy.assignments, who, [], units)
  const label = (pack: string) => {
    const found = policy.packs.find((p) => p.id === pack)
    return found ? pick(found.label) : pack
  }
  const seen = list.filter((c) => c.way !== 'everyone')
  return (
    <li className={open ? 'target open' : 'target'}>
      <DropPlace<Place> id={`target ${id}`} place={{ who }} disabled={!policy.mayEdit} className="target-drop">
        <button type="button" aria-expanded={open} className="target-name" style={{ paddingInlineStart: 8 + depth * 14 }} onClick={() => onChoose(id)}>
          <Icon name={open ? 'down' : 'right'} />
          <span className="target-word">{name}</span>
          <span className="target-packs">
            {seen.map((c, index) => (
              <span key={c.assignment.id || index} className={c.way === 'direct' ? 'tag stage' : 'tag inherited'}>
                {label(c.assignment.pack)}
                {c.way !== 'direct' && <span className="sr-only">{t('policy.ways.above')}</span>}
              </span>
            ))}
          </span>
        </button>
        {open && (
          <div className="target-open">
            <CarriedList list={list} who={who} policy={policy} />
          </div>
        )}
      </DropPlace>
    </li>
  )
}
