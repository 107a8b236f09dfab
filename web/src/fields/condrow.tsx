import type { KeyboardEvent } from 'react'
import type { Cond } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { CondGroup } from './condgroup'
import { contexts, fieldOf, opsOf, readRow, relationOf, type Row, type RowOp, writeRow } from './condrows'
import { type At, type CondKind, meant, rooted } from './condtree'
import { CondValue } from './condvalue'

export interface CondShape {
  kinds: CondKind[]
  kind: CondKind
  rule: boolean
  /** What is wrong, by place. */
  problems: { at: At; text: string; unfinished: boolean }[]
}

export interface RowActions {
  change: (cond: Cond) => void
  remove: () => void
  copy: () => void
  up?: () => void
  down?: () => void
  nest: () => void
  lift?: () => void
}

interface Props extends CondShape {
  cond: Cond
  index: number
  deep: boolean
  problem?: { text: string; unfinished: boolean }
  actions: RowActions
}

/** One row: field, operator, value, and what can be done with the row. */
export function CondRow({ kinds, kind, rule, cond, index, deep, problem, actions }: Props) {
  const { t, pick } = useText()
  const row = readRow(kinds, kind, cond)
  const nth = t('rules.cond.nth', { n: index + 1 })
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || event.nativeEvent.isComposing) return
    const act = event.key === 'ArrowUp' ? actions.up : event.key === 'ArrowDown' ? actions.down : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const field = row && fieldOf(kinds, kind, row.subject)
  const ops = row ? opsOf(field, row.subject) : []
  const shownOps = row && !ops.includes(row.op) ? [row.op, ...ops] : ops
  const related = row && relationOf(row.subject)
  const relation = kind.relations.find((r) => r.name === related)
  const inner = relation && kinds.find((k) => k.name === relation.kind)
  const choose = (subject: string) => {
    const next = fieldOf(kinds, kind, subject)
    const op = opsOf(next, subject)[0] ?? 'has'
    actions.change(writeRow({ subject, op, operands: [] }))
  }
  return (
    <div className={problem && !problem.unfinished ? 'cond-row bad' : 'cond-row'} role="group" aria-label={nth} onKeyDown={press}>
      {row ? (
        <>
          <SubjectSelect kinds={kinds} kind={kind} rule={rule} deep={deep} subject={row.subject} onChoose={choose} />
          {row.subject !== '' && (
            <select
              className="input cond-op"
              aria-label={t('filter.operator')}
              value={row.op}
              onChange={(event) => actions.change(writeRow(changedOp(row, event.target.value as RowOp)))}
            >
              {shownOps.map((op) => (
                <option key={op} value={op}>
                  {t(`rules.cond.ops.${op}`)}
                </option>
              ))}
            </select>
          )}
          {row.subject !== '' && (
            <CondValue
              key={`${row.subject} ${row.op}`}
              row={row}
              field={field}
              label={field ? t('rules.cond.valueOf', { field: pick(field.label) }) : t('filter.value')}
              onChange={(next) => actions.change(writeRow(next))}
            />
          )}
        </>
      ) : (
        <span className="cond-raw">
          <Icon name="info" />
          {t('rules.cond.raw')}
          {cond.cel && <code>{cond.cel}</code>}
        </span>
      )}
      <RowMenu nth={nth} actions={actions} />
      {problem && (
        <p className={problem.unfinished ? 'cond-hint' : 'cond-problem'}>
          {!problem.unfinished && <Icon name="warn" />}
          {problem.text}
        </p>
      )}
      {row && inner && !deep && (
        <div className="cond-inner">
          <p className="muted">{t('rules.cond.where', { relation: pick(relation.label) })}</p>
          <CondGroup
            kinds={kinds}
            kind={inner}
            rule={rule}
            problems={[]}
            root={rooted(row.inner)}
            deep
            onChange={(root) => actions.change(writeRow({ ...row, inner: meant(root) ?? undefined }))}
          />
        </div>
      )}
    </div>
  )
}

/** Values stay where the new operator takes such values too. */
function changedOp(row: Row, op: RowOp): Row {
  const many = op === 'in' || op === 'not_in'
  return { ...row, op, operands: many ? row.operands : row.operands.slice(0, 1) }
}

interface SubjectProps {
  kinds: CondKind[]
  kind: CondKind
  rule: boolean
  deep: boolean
  subject: string
  onChoose: (subject: string) => void
}

function SubjectSelect({ kinds, kind, rule, deep, subject, onChoose }: SubjectProps) {
  const { t, pick } = useText()
  const parents = rule ? kind.relations.filter((r) => r.always && !r.many) : []
  const many = rule && !deep ? kind.relations.filter((r) => r.many) : []
  return (
    <select
      className="input cond-field"
      aria-label={t('filter.field')}
      value={subject}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="" disabled>
        {t('rules.cond.chooseField')}
      </option>
      <optgroup label={pick(kind.label)}>
        {kind.fields.filter((f) => f.name !== 'id').map((f) => (
          <option key={f.name} value={f.name} disabled={f.locked}>
            {f.locked ? t('filter.locked', { field: pick(f.label) }) : pick(f.label)}
          </option>
        ))}
      </optgroup>
      {parents.map((r) => (
        <optgroup key={r.name} label={t('rules.cond.of', { relation: pick(r.label) })}>
          {kinds.find((k) => k.name === r.kind)?.fields.filter((f) => f.name !== 'id').map((f) => (
            <option key={f.name} value={`${r.name}.${f.name}`}>
              {t('rules.cond.ofField', { relation: pick(r.label), field: pick(f.label) })}
            </option>
          ))}
        </optgroup>
      ))}
      {many.length > 0 && (
        <optgroup label={t('rules.cond.related')}>
          {many.map((r) => (
            <option key={r.name} value={`@${r.name}`}>
              {pick(r.label)}
            </option>
          ))}
        </optgroup>
      )}
      {rule && !deep && (
        <optgroup label={t('rules.cond.context')}>
          {(Object.keys(contexts) as (keyof typeof contexts)[]).map((name) => (
            <option key={name} value={`@ctx.${name}`}>
              {t(`rules.cond.contexts.${name}`)}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  )
}

function RowMenu({ nth, actions }: { nth: string; actions: RowActions }) {
  const { t } = useText()
  const items = [
    ['up', actions.up],
    ['down', actions.down],
    ['nest', actions.nest],
    ['lift', actions.lift],
    ['copy', actions.copy],
  ] as const
  return (
    <span className="cond-acts">
      <Popover
        label={t('rules.cond.menu', { nth })}
        trigger={(props) => (
          <button type="button" className="quiet icon-only" aria-label={t('rules.cond.menu', { nth })} {...props}>
            <Icon name="more" />
          </button>
        )}
      >
        {(close) => (
          <div className="menu">
            {items.map(([name, act]) =>
              act ? (
                <button
                  key={name}
                  type="button"
                  className="menu-item"
                  onClick={() => {
                    close()
                    act()
                  }}
                >
                  {t(`rules.cond.acts.${name}`)}
                </button>
              ) : null,
            )}
          </div>
        )}
      </Popover>
      <button type="button" className="quiet icon-only" aria-label={t('rules.cond.removeRow', { nth })} onClick={actions.remove}>
        <Icon name="trash" />
      </button>
    </span>
  )
}

