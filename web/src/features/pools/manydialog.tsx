import { useState } from 'react'
import type { Many, PoolAct } from '@/api/pools'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { ActForm, doingOf, type Filled, lackOf } from './actform'
import { actsOf } from './acts'
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

/** Claims, assigns or releases the chosen records at once, and says what became of each. */
export default function ManyDialog({ kind, act, items, match, onClose }: Props) {
  const { t, pick, format } = useText()
  const problem = usePoolProblem()
  const [filled, setFilled] = useState<Filled>({ reason: '' })
  const [fault, setFault] = useState<string>()
  const many = useMany(kind.name, items)
  const can = items.filter((item) => actsOf(item).includes(act))
  const count = can.length
  const go = () => {
    const lack = lackOf(act, filled)
    setFault(lack && t(`pools.act.${lack}`))
    if (!lack) many.mutate({ which: match ? { match } : { ids: can.map((item) => item.id) }, doing: doingOf(act, filled) })
  }
  const said = fault ?? (many.error ? problem(many.error, act) : undefined)
  const named = { kind: pick(kind.label) }
  return (
    <Dialog
      title={match ? t(`pools.many.every.${act}`, named) : t(`pools.many.${act}`, { ...named, n: format.integer(items.length) })}
      onCancel={() => onClose(many.data !== undefined)}
      footer={
        many.data ? (
          <button type="button" className="btn primary" onClick={() => onClose(true)}>
            {t('app.close')}
          </button>
        ) : (
          <>
            <button type="button" className="btn" onClick={() => onClose(false)}>
              {t('app.cancel')}
            </button>
            <button type="button" className="btn primary" disabled={many.isPending || (!match && count === 0)} onClick={go}>
              {t(`pools.acts.${act}`)}
            </button>
          </>
        )
      }
    >
      {many.data ? (
        <Became act={act} outcome={many.data} />
      ) : (
        <div className="pool-form">
          <p>{match ? t('pools.many.order') : t('pools.many.will', { count, n: format.integer(count) })}</p>
          {!match && count < items.length && <p className="muted">{t('pools.many.some', { n: format.integer(items.length - count) })}</p>}
          <ActForm act={act} filled={filled} onFilled={setFilled} />
          {many.isPending && <progress aria-label={t('pools.many.under')} />}
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

/** So many titles of a group stand there without being asked for. */
const shown = 5

/** How many were and were not, and of each why. */
function Became({ act, outcome: { done, not, more } }: { act: PoolAct; outcome: Outcome }) {
  const { t, format } = useText()
  const failed = [...not.values()].reduce((sum, titles) => sum + titles.length, 0)
  return (
    <div className="pool-became">
      <p role="status">
        {failed > 0
          ? t(`pools.many.part.${act}`, { n: format.integer(done.length), m: format.integer(failed) })
          : t(`pools.many.all.${act}`, { n: format.integer(done.length) })}
        {more && ` ${t('pools.many.more')}`}
      </p>
      {done.length > 0 && <Group why={t(`pools.many.were.${act}`)} titles={done} done />}
      {[...not].map(([why, titles]) => (
        <Group key={why} why={why} titles={titles} />
      ))}
    </div>
  )
}

function Group({ why, titles, done }: { why: string; titles: string[]; done?: boolean }) {
  const { t, format } = useText()
  return (
    <details className={done ? 'pool-group done' : 'pool-group'} open={titles.length <= shown}>
      <summary>
        <Icon name={done ? 'check' : 'lock'} />
        <span>
          <strong>{t('pools.many.not', { n: format.integer(titles.length) })}</strong> {why}
        </span>
      </summary>
      <ul>
        {titles.map((title, index) => (
          <li key={`${title} ${index}`}>{title}</li>
        ))}
      </ul>
    </details>
  )
}
