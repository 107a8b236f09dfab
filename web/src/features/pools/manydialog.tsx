import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Many, PoolAct } from '@/api/pools'
import { useAsk } from '@/api/requests'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { WhyGroup } from '@/ui/whygroup'
import { ActForm, doingOf, type Filled, lackOf } from './actform'
import { actsOf } from './acts'
import { AskedFor } from './askedfor'
import { type Outcome, useMany } from './many'
import { usePoolProblem } from './problem'
import './pools.css'

interface Props {
  kind: Kind
  act: PoolAct
  /** The chosen records as the list shows them; with a match, those of them that it shows. */
  items: Item[]
  /** All that the list has, in its order, beside what it shows. */
  match?: Many['match']
  onClose: (done: boolean) => void
}

/**
 * Claims, assigns or releases the chosen records at once, and says what became of each. Those that need approval
 * are asked for as one request, from the same dialog.
 */
export default function ManyDialog({ kind, act, items, match, onClose }: Props) {
  const { t, pick, format } = useText()
  const problem = usePoolProblem()
  const [filled, setFilled] = useState<Filled>({ reason: '' })
  const [purpose, setPurpose] = useState('')
  const [fault, setFault] = useState<string>()
  const many = useMany(kind.name, items)
  const ask = useAsk()
  const can = match ? [] : items.filter((item) => actsOf(item).includes(act))
  const direct = can.filter((item) => mayDo(item, act)).map((item) => item.id)
  // What waits for approval is known of what the list shows; of the rest it is told when it was tried.
  const held = many.data?.held.length ? [...can.filter((item) => !mayDo(item, act)).map((item) => item.id), ...many.data.held] : can.filter((item) => !mayDo(item, act)).map((item) => item.id)
  const tried = many.data !== undefined
  const acts = match !== undefined || direct.length > 0
  const pending = many.isPending || ask.isPending
  const send = (records: string[]) => {
    const { act: action, ...rest } = doingOf(act, filled)
    ask.mutate({ type: 'pool', purpose: purpose.trim(), pool: { kind: kind.name, action, records, ...rest } })
  }
  const go = () => {
    const lack = lackOf(act, filled)
    const why = lack ? t(`pools.act.${lack}`) : held.length > 0 && purpose.trim() === '' ? t('pools.many.purposeNeeded') : undefined
    setFault(why)
    if (why) return
    if (tried || !acts) return send(held)
    many.mutate(
      { which: match ? { match } : { ids: direct }, doing: doingOf(act, filled) },
      { onSuccess: (out) => held.length > 0 && send([...held, ...out.held]) },
    )
  }
  const open = !ask.data && (!tried || held.length > 0)
  const error = ask.error ?? many.error
  const said = fault ?? (error ? problem(error, act) : undefined)
  const named = { kind: pick(kind.label) }
  const asks = held.length > 0
  const name = !asks ? t(`pools.acts.${act}`) : tried || !acts ? t('ask.send') : t(`pools.many.both.${act}`)
  return (
    <Dialog
      title={match ? t(`pools.many.every.${act}`, named) : t(`pools.many.${act}`, { ...named, n: format.integer(items.length) })}
      onCancel={() => onClose(tried || ask.data !== undefined)}
      footer={
        <>
          <button type="button" className={open || ask.data ? 'btn' : 'btn primary'} onClick={() => onClose(tried || ask.data !== undefined)}>
            {t(tried || ask.data ? 'app.close' : 'app.cancel')}
          </button>
          {open && (
            <button type="button" className="btn primary" disabled={pending || (!match && can.length === 0)} onClick={go}>
              {name}
            </button>
          )}
          {ask.data && (
            <Link to={'/requests' as '/'} search={{ scope: 'mine', id: ask.data.id } as never} className="btn primary" onClick={() => onClose(true)}>
              {t('ask.look')}
            </Link>
          )}
        </>
      }
    >
      {many.data && <Became act={act} outcome={many.data} />}
      {ask.data && <AskedFor made={ask.data} act={act} items={items} />}
      {open && (
        <div className="pool-form">
          {!tried && acts && <p>{match ? t('pools.many.order') : t('pools.many.will', { count: direct.length, n: format.integer(direct.length) })}</p>}
          {!tried && !match && can.length < items.length && <p className="muted">{t('pools.many.some', { n: format.integer(items.length - can.length) })}</p>}
          {!tried && <ActForm act={act} filled={filled} onFilled={setFilled} />}
          {asks && (
            <>
              <p className="note">
                <Icon name="shield" />
                {t(`pools.many.asks.${act}`, { n: format.integer(held.length) })}
              </p>
              <label>
                <span>{t('ask.purpose')}</span>
                <input className="input" autoFocus={act === 'claim'} value={purpose} maxLength={500} onChange={(event) => setPurpose(event.target.value)} />
              </label>
            </>
          )}
          {pending && <progress aria-label={t('pools.many.under')} />}
          {said && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {said}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

/** How many were and were not, and of each why. */
function Became({ act, outcome: { done, not, more } }: { act: PoolAct; outcome: Outcome }) {
  const { t, format } = useText()
  const failed = [...not.values()].reduce((sum, titles) => sum + titles.length, 0)
  const group = (why: string, titles: string[], is?: boolean) => (
    <WhyGroup
      key={why}
      done={is}
      titles={titles}
      why={
        <>
          <strong>{t('pools.many.not', { n: format.integer(titles.length) })}</strong> {why}
        </>
      }
    />
  )
  return (
    <div className="pool-became">
      <p role="status">
        {failed > 0
          ? t(`pools.many.part.${act}`, { n: format.integer(done.length), m: format.integer(failed) })
          : t(`pools.many.all.${act}`, { n: format.integer(done.length) })}
        {more && ` ${t('pools.many.more')}`}
      </p>
      {done.length > 0 && group(t(`pools.many.were.${act}`), done, true)}
      {[...not].map(([why, titles]) => group(why, titles))}
    </div>
  )
}
