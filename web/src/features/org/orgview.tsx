import { useMemo, useState } from 'react'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { OrgBar, OrgTask, type Task, UnitTools } from './orgtask'
import { PersonPanel } from './personpanel'
import { Positions } from './positions'
import type { OrgSearch } from './search'
import { buildTree, lines, matching, type Node, pathTo } from './tree'
import { TreeList } from './treelist'
import { UnitDetail } from './unitdetail'
import { UnitMap } from './unitmap'
import { UnitPeople } from './unitpeople'
import './org.css'
import './company.css'

interface Props {
  units: Unit[]
  search: OrgSearch
  people: boolean
  /** The rights of administration of who looks. */
  can?: string[]
  onSearch: (search: OrgSearch) => void
}

/** The units down to the third level stand open at first. */
function openAtFirst(top: Node[], chosen: Unit[]): Set<string> {
  const open = new Set(chosen.map((unit) => unit.id))
  for (const node of top) {
    open.add(node.unit.id)
    for (const child of node.children) open.add(child.unit.id)
  }
  return open
}

const none: string[] = []

export function OrgView({ units, search, people, can = none, onSearch }: Props) {
  const { t, format } = useText()
  const [task, setTask] = useState<Task>()
  const movable = can.includes('org')
  const top = useMemo(() => buildTree(units), [units])
  const [open, setOpen] = useState(() => openAtFirst(top, search.unit ? pathTo(units, search.unit) : []))
  const found = useMemo(() => (search.q ? matching(units, search.q) : undefined), [units, search.q])
  const list = useMemo(() => lines(top, open, found?.shown), [top, open, found])
  const path = useMemo(() => (search.unit ? pathTo(units, search.unit) : []), [units, search.unit])
  const chosen = path.at(-1)
  const allOpen = units.every((unit) => open.has(unit.id))

  const toggle = (id: string, to: boolean) => {
    const next = new Set(open)
    if (to) next.add(id)
    else next.delete(id)
    setOpen(next)
  }

  const drop = (unit: string, to: string) => {
    const inside = pathTo(units, to).some((above) => above.id === unit)
    if (!inside && units.find((one) => one.id === unit)?.parent !== to) setTask({ is: 'move', unit, to })
  }

  return (
    <div className={chosen || search.tab ? 'org has-unit' : 'org'}>
      <section className="org-side" aria-labelledby="org-title">
        <header className="org-top">
          <h1 id="org-title">{t('org.title')}</h1>
          <span className="list-count num">{t('org.units', { count: units.length, n: format.number(units.length) })}</span>
          <button
            type="button"
            className="quiet"
            onClick={() => setOpen(allOpen ? new Set() : new Set(units.map((unit) => unit.id)))}
          >
            {allOpen ? t('org.collapseAll') : t('org.expandAll')}
          </button>
        </header>
        <div className="search-box org-search" role="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            aria-label={t('org.search')}
            placeholder={t('org.search')}
            value={search.q ?? ''}
            onChange={(event) => onSearch({ ...search, q: event.target.value || undefined })}
          />
        </div>
        {list.length === 0 ? (
          <State icon="search" title={t('org.noMatch')} />
        ) : (
          <TreeList
            onDrop={movable ? drop : undefined}
            lines={list}
            chosen={search.unit}
            hits={found?.hits}
            onToggle={toggle}
            onChoose={(id) => onSearch({ ...search, unit: id, tab: undefined })}
          />
        )}
      </section>
      <section className="org-main">
        <OrgBar search={search} can={can} onSearch={onSearch} onTask={setTask} />
        {search.tab === 'positions' ? (
          <Positions may={movable} />
        ) : search.tab === 'map' ? (
          <UnitMap units={units} chosen={search.unit} onChoose={(unit) => onSearch({ unit })} />
        ) : chosen ? (
          <UnitDetail
            key={chosen.id}
            path={path}
            node={findNode(top, chosen.id)}
            people={people}
            onChoose={(unit) => onSearch({ ...search, unit })}
          >
            {movable && <UnitTools unit={chosen} onTask={setTask} />}
            {people && <UnitPeople unit={chosen.id} onPerson={(person) => onSearch({ ...search, person })} />}
          </UnitDetail>
        ) : (
          <State icon="org" title={t('org.choose')} />
        )}
      </section>
      {search.person && !task && (
        <PersonPanel
          key={search.person}
          person={search.person}
          can={can}
          onMove={() => setTask({ is: 'transfer', person: search.person })}
          onLeave={() => setTask({ is: 'leave', person: search.person })}
          onClose={() => onSearch({ ...search, person: undefined })}
        />
      )}
      {task && <OrgTask task={task} units={units} onOpen={(id) => toggle(id, true)} onClose={() => setTask(undefined)} />}
    </div>
  )
}

function findNode(nodes: Node[], id: string): Node | undefined {
  for (const node of nodes) {
    const hit = node.unit.id === id ? node : findNode(node.children, id)
    if (hit) return hit
  }
  return undefined
}
