import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { Node } from './tree'
import { useUnitType } from './unittype'

interface Props {
  path: Unit[]
  node?: Node
  people: boolean
  onChoose: (id: string | undefined) => void
  children?: ReactNode
}

/** One unit: what it is, who heads it, where it stands, and the way to its people. */
export function UnitDetail({ path, node, people, onChoose, children }: Props) {
  const { t, format } = useText()
  const typeText = useUnitType()
  const unit = path.at(-1)
  if (!unit) return null
  const own = unit.people ?? 0
  const below = node?.people ?? own
  return (
    <article className="unit">
      <nav className="unit-path" aria-label={t('org.parent')}>
        <button type="button" className="quiet unit-back" onClick={() => onChoose(undefined)}>
          <Icon name="left" />
          {t('org.tree')}
        </button>
        {path.slice(0, -1).map((above) => (
          <button key={above.id} type="button" className="unit-above" onClick={() => onChoose(above.id)}>
            {above.name}
          </button>
        ))}
      </nav>
      <div className="unit-line">
        <h2>{unit.name}</h2>
        <span className="tag">{typeText(unit.type)}</span>
        {people && (
          <Link to="/records/$kind" params={{ kind: 'person' }} search={{ f: [['unit', 'eq', unit.id]] }} className="btn">
            <Icon name="person" />
            {t('org.showPeople')}
          </Link>
        )}
      </div>
      {children && <div className="unit-admin">{children}</div>}
      <dl className="card unit-facts">
        <div>
          <dt>{t('org.heads')}</dt>
          <dd>
            {(unit.heads ?? []).length === 0 && <span className="muted">{t('org.noHead')}</span>}
            {(unit.heads ?? []).map((head) => (
              <Link key={head.id} to="/records/$kind/$id" params={{ kind: 'person', id: head.id }} disabled={!people}>
                {head.name}
              </Link>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('org.staff')}</dt>
          <dd className="num">
            {t('org.people', { count: own, n: format.number(own) })}
            {below !== own && <span className="muted"> · {t('org.below', { n: format.number(below) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('org.place')}</dt>
          <dd className="num">
            {unit.place ? (
              <>
                <Icon name="place" /> {format.place(unit.place.lat, unit.place.lng)}
              </>
            ) : (
              <span className="muted">{t('org.noPlace')}</span>
            )}
          </dd>
        </div>
      </dl>
      {node && node.children.length > 0 && (
        <section className="card unit-below">
          <h3>{t('org.children')}</h3>
          <ul>
            {node.children.map((child) => (
              <li key={child.unit.id}>
                <button type="button" className="unit-child" onClick={() => onChoose(child.unit.id)}>
                  <span>{child.unit.name}</span>
                  {child.people > 0 && (
                    <span className="muted num">
                      {t('org.people', { count: child.people, n: format.number(child.people) })}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}
