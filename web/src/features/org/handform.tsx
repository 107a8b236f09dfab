import { useState } from 'react'
import { type Handover, type LeavingKind, type SpreadBy, useLeaving } from '@/api/company'
import { hasFailed } from '@/api/problem'
import { usePools } from '@/api/org'
import { useRecordTitle } from '@/api/records'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { PersonPick } from './pick'

const ways = ['one', 'spread', 'pool', 'each', 'none'] as const
const rules: SpreadBy[] = ['even', 'city', 'region', 'unit']

export interface Hand {
  way: (typeof ways)[number]
  to?: string
  heirs: string[]
  by: SpreadBy
  pool?: string
  each: Record<string, string | undefined>
  unit: boolean
  note: string
}

export const noHand: Hand = { way: 'one', heirs: [], by: 'even', each: {}, unit: true, note: '' }

/** What of somebody's goes where; undefined while something is missing. */
export function handovers(hand: Hand, kinds: LeavingKind[]): Handover[] | undefined {
  if (kinds.length === 0 || hand.way === 'none') return []
  const { way, to, unit } = hand
  if (way === 'one') return to ? kinds.map(({ kind }) => ({ kind, to, unit })) : undefined
  if (way === 'spread') return hand.heirs.length > 0 ? kinds.map(({ kind }) => ({ kind, spread: { to: hand.heirs, by: hand.by }, unit })) : undefined
  if (way === 'pool') {
    if (!hand.pool) return undefined
    return kinds.flatMap(({ kind }): Handover[] => (kind === 'customer' ? [{ kind, pool: hand.pool, ...(to ? { to, unit } : {}) }] : to ? [{ kind, to, unit }] : []))
  }
  return kinds.flatMap(({ kind }) => {
    const heir = hand.each[kind]
    return heir ? [{ kind, to: heir, unit }] : []
  })
}

interface Props {
  person: string
  hand: Hand
  onHand: (hand: Hand) => void
  /** Of somebody who stays nothing has to be handed over. */
  stays?: boolean
}

/** 交接: what somebody has open, and to whom it goes. */
export function HandForm({ person, hand, onHand, stays }: Props) {
  const { t } = useText()
  const leaving = useLeaving(person)
  const kinds = leaving.data?.items ?? []
  const set = (change: Partial<Hand>) => onHand({ ...hand, ...change })
  if (leaving.isPending) return <BoneRows rows={3} />
  if (hasFailed(leaving)) return <Failure error={leaving.error} onRetry={() => void leaving.refetch()} />
  if (kinds.length === 0) return <p className="note">{t('company.leave.nothing')}</p>
  return (
    <>
      <h3>{t('company.leave.open')}</h3>
      <table className="leave-table">
        <tbody>
          {kinds.map((kind) => (
            <KindLine key={kind.kind} kind={kind}>
              {hand.way === 'each' && (
                <PersonEach kind={kind} value={hand.each[kind.kind]} except={person} onPick={(id) => set({ each: { ...hand.each, [kind.kind]: id } })} />
              )}
            </KindLine>
          ))}
        </tbody>
      </table>
      <fieldset className="leave-ways">
        <legend>{t('company.leave.ways')}</legend>
        {ways.map((one) => (
          <label key={one} className="o-check">
            <input type="radio" name="way" checked={hand.way === one} onChange={() => set({ way: one })} />
            {t(one === 'none' && stays ? 'company.leave.keep' : `company.leave.${one}`)}
          </label>
        ))}
      </fieldset>
      {hand.way === 'one' && <PersonPick label={t('company.leave.to')} value={hand.to} except={person} onPick={(to) => set({ to })} />}
      {hand.way === 'spread' && <SpreadForm person={person} hand={hand} set={set} />}
      {hand.way === 'pool' && <PoolForm person={person} hand={hand} set={set} />}
      {hand.way !== 'none' && (
        <>
          {leaving.data?.note && <p className="note">{t('company.leave.ownNote')}</p>}
          <label className="o-check">
            <input type="checkbox" checked={hand.unit} onChange={(event) => set({ unit: event.target.checked })} />
            {t('company.leave.unit')}
          </label>
          <div className="o-pick">
            <label htmlFor="hand-note">{t('company.leave.note')}</label>
            <textarea id="hand-note" className="input" rows={2} maxLength={1000} value={hand.note} onChange={(event) => set({ note: event.target.value })} />
          </div>
        </>
      )}
    </>
  )
}

function PersonEach({ kind, ...rest }: { kind: LeavingKind; value?: string; except: string; onPick: (id: string | undefined) => void }) {
  const { t, pick } = useText()
  return <PersonPick label={t('company.leave.toKind', { kind: pick(kind.label) })} {...rest} />
}

function KindLine({ kind, children }: { kind: LeavingKind; children: React.ReactNode }) {
  const { t, pick, format } = useText()
  const more = (kind.seen?.count ?? 0) - (kind.items?.length ?? 0)
  return (
    <tr>
      <th scope="row">{pick(kind.label)}</th>
      <td className="num">
        {t('company.leave.count', { open: format.number(kind.open), all: format.number(kind.all) })}
        {kind.items && kind.items.length > 0 && (
          <details className="leave-open">
            <summary>{t('company.leave.seen')}</summary>
            <ul>
              {kind.items.map((one) => (
                <li key={one.id}>{one.title}</li>
              ))}
              {more > 0 && <li className="muted">{t('company.leave.more', { n: format.number(more) })}</li>}
            </ul>
          </details>
        )}
      </td>
      {children && <td>{children}</td>}
    </tr>
  )
}

interface PartProps {
  person: string
  hand: Hand
  set: (change: Partial<Hand>) => void
}

function SpreadForm({ person, hand, set }: PartProps) {
  const { t } = useText()
  const [asked, setAsked] = useState(0) // the field is new after each choice
  return (
    <>
      <ul className="leave-heirs">
        {hand.heirs.map((heir) => (
          <li key={heir}>
            <HeirName id={heir} />
            <RemoveHeir id={heir} onRemove={() => set({ heirs: hand.heirs.filter((one) => one !== heir) })} />
          </li>
        ))}
      </ul>
      <PersonPick
        key={asked}
        label={t('company.leave.addHeir')}
        value={undefined}
        except={person}
        onPick={(id) => {
          if (!id) return
          setAsked(asked + 1)
          if (!hand.heirs.includes(id)) set({ heirs: [...hand.heirs, id] })
        }}
      />
      <div className="o-pick">
        <label htmlFor="hand-by">{t('company.leave.by')}</label>
        <select id="hand-by" className="input" value={hand.by} onChange={(event) => set({ by: event.target.value as SpreadBy })}>
          {rules.map((rule) => (
            <option key={rule} value={rule}>
              {t(`company.leave.bys.${rule}`)}
            </option>
          ))}
        </select>
        <p className="muted">{t('company.leave.byHint')}</p>
      </div>
    </>
  )
}

function HeirName({ id }: { id: string }) {
  return <>{useRecordTitle('person', id) ?? '…'}</>
}

function RemoveHeir({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { t } = useText()
  const name = useRecordTitle('person', id)
  return (
    <button type="button" className="icon-btn" aria-label={t('company.leave.removeHeir', { name })} onClick={onRemove}>
      <Icon name="close" />
    </button>
  )
}

function PoolForm({ person, hand, set }: PartProps) {
  const { t } = useText()
  const pools = usePools()
  return (
    <>
      <div className="o-pick">
        <label htmlFor="hand-pool">{t('company.leave.poolInto')}</label>
        <select id="hand-pool" className="input" value={hand.pool ?? ''} onChange={(event) => set({ pool: event.target.value || undefined })}>
          <option value="">{t('form.choose')}</option>
          {(pools.data?.items ?? []).map((pool) => (
            <option key={pool.id} value={pool.id}>
              {pool.name}
            </option>
          ))}
        </select>
        <p className="muted">{t('company.leave.poolHint')}</p>
      </div>
      <PersonPick label={t('company.leave.rest')} value={hand.to} except={person} onPick={(to) => set({ to })} />
    </>
  )
}
