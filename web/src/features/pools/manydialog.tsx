import { useState } from 'react'
import type { PoolAct } from '@/api/pools'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { ActForm, doingOf, type Filled, lackOf } from './actform'
import { actsOf } from './acts'
import { type Outcome, useMany } from './many'
import './pools.css'

interface Props {
  kind: Kind
  act: PoolAct
  items: Item[]
  onClose: (done: boolean) => void
}

/** Claims, assigns or releases the chosen records one after the other, and says what became of them. */
export default function ManyDialog({ kind, act, items, onClose }: Props) {
  const { t, pick, format } = useText()
  const [filled, setFilled] = useState<Filled>({ reason: '' })
  const [fault, setFault] = useState<string>()
  const { outcome, run, stop } = useMany(kind.name, items, t('pools.many.cannot'))
  const count = items.filter((item) => actsOf(item).includes(act)).length
  const go = () => {
    const lack = lackOf(act, filled)
    setFault(lack && t(`pools.act.${lack}`))
    if (!lack) void run(doingOf(act, filled))
  }
  return (
    <Dialog
      title={t(`pools.many.${act}`, { kind: pick(kind.label), n: format.integer(items.length) })}
      onCancel={() => (outcome && !outcome.ended ? stop() : onClose(outcome !== undefined))}
      footer={
        outcome ? (
          <button type="button" className="btn primary" onClick={() => (outcome.ended ? onClose(true) : stop())}>
            {t(outcome.ended ? 'app.close' : 'pools.many.stop')}
          </button>
        ) : (
          <>
            <button type="button" className="btn" onClick={() => onClose(false)}>
              {t('app.cancel')}
            </button>
            <button type="button" className="btn primary" disabled={count === 0} onClick={go}>
              {t(`pools.acts.${act}`)}
            </button>
          </>
        )
      }
    >
      {outcome ? (
        <Became act={act} outcome={outcome} total={items.length} />
      ) : (
        <div className="pool-form">
          <p>{t('pools.many.will', { count, n: format.integer(count) })}</p>
          {count < items.length && <p className="muted">{t('pools.many.some', { n: format.integer(items.length - count) })}</p>}
          <ActForm act={act} filled={filled} onFilled={setFilled} />
          {fault && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {fault}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

const shown = 5

/** How far it is, then: n were, m were not, and why. */
function Became({ act, outcome, total }: { act: PoolAct; outcome: Outcome; total: number }) {
  const { t, format } = useText()
  const { tried, done, not, ended } = outcome
  const failed = [...not.values()].reduce((sum, titles) => sum + titles.length, 0)
  return (
    <div className="pool-became">
      {!ended && <progress max={total} value={tried} aria-label={t('pools.many.under')} />}
      <p role="status">
        {!ended
          ? t('pools.many.so', { done: format.integer(tried), n: format.integer(total) })
          : failed > 0
            ? t(`pools.many.part.${act}`, { n: format.integer(done), m: format.integer(failed) })
            : t(`pools.many.all.${act}`, { n: format.integer(done) })}
        {ended && tried < total && ` ${t('pools.many.stopped', { n: format.integer(total - tried) })}`}
      </p>
      {[...not].map(([why, titles]) => (
        <div key={why} className="pool-not">
          <p>
            <strong>{t('pools.many.not', { n: format.integer(titles.length) })}</strong> {why}
          </p>
          <p className="muted">
            {titles.slice(0, shown).join(t('app.comma'))}
            {titles.length > shown && t('pools.many.more', { n: format.integer(titles.length - shown) })}
          </p>
        </div>
      ))}
    </div>
  )
}
