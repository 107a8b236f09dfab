import type { Cond } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { CondRow, type CondShape } from './condrow'
import { addTo, argsAt, type At, groupOf, lift, makeGroup, nest, removeAt, replaceAt, sameAt, shift, withArgs, withMode } from './condtree'

interface Props extends CondShape {
  root: Cond
  at?: At
  /** Inside a related record: no further relations. */
  deep?: boolean
  onChange: (root: Cond) => void
}

const modes = ['all', 'any', 'none'] as const
const blank: Cond = { op: 'has', field: '' }

/** A group of rows and groups, of which all, any or none must hold. */
export function CondGroup({ root, at = [], deep = false, onChange, ...shape }: Props) {
  const { t } = useText()
  const rows = argsAt(root, at)
  const mode = groupOf(at.length === 0 ? root : (argsAt(root, at.slice(0, -1))[at[at.length - 1] ?? 0] ?? root))?.mode ?? 'all'
  const here = shape.problems.find((p) => sameAt(p.at, at))
  return (
    <div className={at.length > 0 ? 'cond-group nested' : 'cond-group'} role="group" aria-label={t(`rules.cond.modes.${mode}`)}>
      <div className="cond-head">
        <select
          className="input cond-mode"
          aria-label={t('rules.cond.mode')}
          value={mode}
          onChange={(event) => onChange(withMode(root, at, event.target.value as (typeof modes)[number]))}
        >
          {modes.map((m) => (
            <option key={m} value={m}>
              {t(`rules.cond.modes.${m}`)}
            </option>
          ))}
        </select>
        {at.length > 0 && (
          <button type="button" className="quiet icon-only" aria-label={t('rules.cond.removeGroup')} onClick={() => onChange(removeAt(root, at))}>
            <Icon name="trash" />
          </button>
        )}
      </div>
      {rows.map((cond, i) => {
        const place = [...at, i]
        if (groupOf(cond)) return <CondGroup key={i} {...shape} root={root} at={place} deep={deep} onChange={onChange} />
        const problem = shape.problems.find((p) => sameAt(p.at, place))
        return (
          <CondRow
            key={i}
            {...shape}
            cond={cond}
            index={i}
            deep={deep}
            problem={problem}
            actions={{
              change: (next) => onChange(replaceAt(root, place, next)),
              remove: () => onChange(removeAt(root, place)),
              copy: () => onChange(withArgs(root, at, (args) => args.toSpliced(i + 1, 0, structuredClone(cond)))),
              up: i > 0 ? () => onChange(shift(root, place, -1)) : undefined,
              down: i < rows.length - 1 ? () => onChange(shift(root, place, 1)) : undefined,
              nest: () => onChange(nest(root, place)),
              lift: at.length > 0 ? () => onChange(lift(root, place)) : undefined,
            }}
          />
        )
      })}
      {here && rows.length === 0 && <p className="cond-hint">{t('rules.cond.emptyGroup')}</p>}
      <div className="cond-add">
        <button type="button" className="quiet" onClick={() => onChange(addTo(root, at, blank))}>
          <Icon name="plus" />
          {t('rules.cond.add')}
        </button>
        {at.length < 4 && (
          <button type="button" className="quiet" onClick={() => onChange(addTo(root, at, makeGroup('any', [blank])))}>
            <Icon name="plus" />
            {t('rules.cond.addGroup')}
          </button>
        )}
      </div>
    </div>
  )
}
