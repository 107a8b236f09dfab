import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Sandbox, type SandboxShare, useAddShare, useWithdrawShare } from '@/api/sandboxes'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { Confirm } from './confirm'
import { ShareAdder } from './shareadder'

interface Props {
  box: Sandbox
  kinds: Kind[]
  now: number
}

/** What is in a sandbox, as far as whoever looks may see it. */
export function SandboxShares({ box, kinds, now }: Props) {
  const { t } = useText()
  const [adding, setAdding] = useState(false)
  const [out, setOut] = useState<SandboxShare>()
  const withdraw = useWithdrawShare(box.id)
  return (
    <section aria-labelledby="box-shares">
      <div className="box-title">
        <h2 id="box-shares">{t('sandboxes.page.shares')}</h2>
        {box.can.includes('share') && (
          <button type="button" className="btn" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t('sandboxes.acts.put')}
          </button>
        )}
      </div>
      {box.shares.length === 0 && <p className="muted">{t('sandboxes.page.noShares')}</p>}
      <ul className="grant-list">
        {box.shares.map((one) => (
          <ShareCard key={one.id} share={one} box={box} kinds={kinds} now={now} onWithdraw={() => setOut(one)} />
        ))}
      </ul>
      {adding && <PutIn box={box} kinds={kinds} onClose={() => setAdding(false)} />}
      {out && (
        <Confirm
          title={t('sandboxes.sure.withdraw')}
          text={t('sandboxes.sure.withdrawText')}
          act={t('sandboxes.acts.withdraw')}
          error={withdraw.error}
          busy={withdraw.isPending}
          onCancel={() => setOut(undefined)}
          onAct={() =>
            withdraw.mutate(out.id, {
              onSuccess: () => {
                toast(t('sandboxes.done.withdrawn'))
                setOut(undefined)
              },
            })
          }
        />
      )}
    </section>
  )
}

function ShareCard({ share, box, kinds, now, onWithdraw }: { share: SandboxShare; box: Sandbox; kinds: Kind[]; now: number; onWithdraw: () => void }) {
  const { t, pick, format } = useText()
  const kind = kinds.find((one) => one.name === share.kind)
  return (
    <li className="grant-card" data-share={share.id}>
      <div className="grant-head">
        <strong>{kind && pick(kind.label)}</strong>
        <span className="tag">{share.moving ? t('sandboxes.page.moving') : t('sandboxes.page.records', { count: share.count, n: format.number(share.count) })}</span>
        <span className="muted">{t('sandboxes.page.givenBy', { name: share.giver.name })}</span>
        {share.until !== box.until && <Ending until={share.until} now={now} />}
      </div>
      <p><Said text={pick(share.sentence)} /></p>
      {share.titles.length > 0 && (
        <p className="grant-titles">
          {share.titles.map((one) => (
            <Link key={one.id} to="/records/$kind/$id" params={{ kind: share.kind, id: one.id }}>
              {one.title}
            </Link>
          ))}
          {share.count > share.titles.length && <span className="muted">{t('sandboxes.page.others', { n: format.number(share.count - share.titles.length) })}</span>}
        </p>
      )}
      {share.until !== box.until && <p className="muted">{t('sandboxes.page.until', { time: format.moment(share.until) })}</p>}
      {share.can.includes('withdraw') && (
        <div className="grant-acts">
          <button type="button" className="btn" onClick={onWithdraw}>
            {t('sandboxes.acts.withdraw')}
          </button>
        </div>
      )}
    </li>
  )
}

function PutIn({ box, kinds, onClose }: { box: Sandbox; kinds: Kind[]; onClose: () => void }) {
  const { t } = useText()
  const add = useAddShare()
  const problem = useProblemText()
  return (
    <Dialog
      wide
      title={t('sandboxes.acts.put')}
      onCancel={onClose}
      footer={
        <button type="button" className="btn" onClick={onClose}>
          {t('app.cancel')}
        </button>
      }
    >
      <ShareAdder
        kinds={kinds}
        purpose={box.purpose}
        from={box.from}
        until={box.until}
        act={t('sandboxes.put.save')}
        busy={add.isPending}
        onShare={(share) =>
          add.mutate(
            { id: box.id, ...share },
            {
              onSuccess: () => {
                toast(t('sandboxes.done.put'))
                onClose()
              },
            },
          )
        }
      />
      {add.error && (
        <p className="form-fault" role="alert">
          {problem(add.error)}
        </p>
      )}
    </Dialog>
  )
}
