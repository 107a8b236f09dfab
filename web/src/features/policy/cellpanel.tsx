import { useLayoutEffect, useRef } from 'react'
import { type Matrix, type MatrixColumn, type MatrixReason, type MatrixRow, useMatrixCell } from '@/api/matrix'
import type { Draft } from '@/api/policytypes'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Said } from '@/ui/said'
import type { Look } from './looks'
import { usePlaceNames } from './names'

const origins = ['pack', 'sharing', 'guard', 'grant', 'sandbox'] as const
const originOf = (type: string) => origins.find((o) => o === type) ?? 'pack'

interface PanelProps {
  row: MatrixRow
  column: MatrixColumn
  matrix: Matrix
  draft?: Draft
}

/** Where one cell comes from, rule by rule. */
export function CellPanel({ row, column, matrix, draft }: PanelProps) {
  const { t, pick } = useText()
  const why = useMatrixCell(
    { draft: draft?.id, ...row.who, kind: column.kind, action: column.action, field: column.field },
    draft?.version,
  )
  const kind = matrix.kinds.find((k) => k.kind === column.kind)?.label
  const parts = ['permit', 'covered', 'bar', 'guard'] as const
  return (
    <div className="why cell-why">
      <h2>
        {pick(row.label)} · {kind ? pick(kind) : column.kind} · {pick(column.label)}
      </h2>
      {why.isPending && (
        <div role="status">
          <p className="muted">{t('why.loading')}</p>
          <span className="bone" />
        </div>
      )}
      {hasFailed(why) && <Failure error={why.error} onRetry={() => void why.refetch()} />}
      {why.data?.reasons.length === 0 && <p>{t('policy.cell.noRule')}</p>}
      {why.data?.cell.closed && <p className="note warn">{t(`policy.cell.closed.${why.data.cell.closed}`)}</p>}
      {why.data &&
        parts.map((part) => {
          const reasons = why.data.reasons.filter((r) => r.part === part)
          return (
            reasons.length > 0 && (
              <section key={part}>
                <h3>{t(`policy.parts.${part}`)}</h3>
                <ul>
                  {reasons.map((reason) => (
                    <li key={reason.rule} className={`reason ${reason.effect}`}>
                      <ReasonText reason={reason} />
                    </li>
                  ))}
                </ul>
              </section>
            )
          )
        })}
    </div>
  )
}

function ReasonText({ reason }: { reason: MatrixReason }) {
  const { t, pick, format } = useText()
  const names = usePlaceNames()
  return (
    <>
      <p><Said text={pick(reason.sentence)} /></p>
      <p className="reason-more">
        {t('why.origin', { type: t(`why.originType.${originOf(reason.origin.type)}`), name: pick(reason.label) || reason.rule })}
        {reason.who.map((who, index) => (
          <span key={index}>
            {' · '}
            {who.person ? t('policy.cell.byPerson') : t('policy.cell.by', { who: names.clause(who) })}
          </span>
        ))}
      </p>
      {reason.level && (
        <p className="reason-more">
          {t(reason.effect === 'permit' ? 'policy.cell.gives' : 'policy.cell.leaves', { level: t(`policy.levels.${reason.level}`) })}
          {reason.edit && reason.effect === 'permit' && t('policy.cell.mayEdit')}
        </p>
      )}
      {reason.until && <p className="reason-more">{t('why.until', { time: format.moment(reason.until) })}</p>}
    </>
  )
}

interface HoverProps {
  matrix: Matrix
  looks: { plain: Look[]; system: Look[] }
  row: number
  column: number
  beside: HTMLElement
}

/** What lies under the pointer, without asking the server: what it says, and where it comes from. */
export function HoverPanel({ matrix, looks, row, column, beside }: HoverProps) {
  const { t, pick } = useText()
  const names = usePlaceNames()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const at = beside.getBoundingClientRect()
    const own = box.current?.getBoundingClientRect()
    if (!box.current || !own) return
    const top = at.bottom + 6 + own.height < innerHeight ? at.bottom + 6 : at.top - own.height - 6
    box.current.style.top = `${Math.max(8, top)}px`
    box.current.style.left = `${Math.min(at.left, innerWidth - own.width - 12)}px`
  }, [beside])
  const line = matrix.rows[row]
  const head = matrix.columns[column]
  const cell = matrix.cells[line?.cells[column] ?? -1]
  if (!line || !head || !cell) return null
  const look = (head.kind === 'system' ? looks.system : looks.plain)[line.cells[column] ?? -1]
  const from = [
    ...new Set(
      cell.sources.flatMap((i) => {
        const s = matrix.sources[i]
        if (!s) return []
        const by = s.who.map((w) => (w.person ? t('policy.cell.byPerson') : names.clause(w))).join(t('policy.cell.comma'))
        return [t('policy.cell.source', { type: t(`why.originType.${originOf(s.origin.type)}`), name: pick(s.label) || s.rule, by })]
      }),
    ),
  ]
  return (
    <div ref={box} className="mx-hover" aria-hidden="true">
      <p className="mx-hover-head">
        {pick(line.label)} · {pick(head.label)}
      </p>
      <p>{look?.label}</p>
      {from.slice(0, 6).map((text) => (
        <p key={text} className="muted">
          {text}
        </p>
      ))}
      <p className="mx-hover-more">{t('policy.cell.pressForMore')}</p>
    </div>
  )
}
