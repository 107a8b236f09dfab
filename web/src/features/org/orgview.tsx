import { useMemo, useState } from 'react'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import type { OrgSearch } from './search'
import { buildTree, lines, matching, type Node, pathTo } from './tree'
import { TreeList } from './treelist'
import { UnitDetail } from './unitdetail'
import './org.css'

interface Props {
  units: Unit[]
  search: OrgSearch
  people: boolean
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

export function OrgView({ units, search, people, onSearch }: Props) {
  const { t, format } = useText()
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

  return (
    <div className={chosen ? 'org has-unit' : 'org'}>
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
            lines={list}
            chosen={search.unit}
            hits={found?.hits}
            onToggle={toggle}
            onChoose={(id) => onSearch({ ...search, unit: id })}
          />
        )}
      </section>
      <section className="org-main" aria-live="polite">
        {chosen ? (
          <UnitDetail
            key={chosen.id}
            path={path}
            node={findNode(top, chosen.id)}
            people={people}
            onChoose={(unit) => onSearch({ ...search, unit })}
          />
        ) : (
          <State icon="org" title={t('org.choose')} />
        )}
      </section>
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
