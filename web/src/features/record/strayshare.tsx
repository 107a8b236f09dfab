import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Sandbox, type SandboxShare, useTakeOut } from '@/api/sandboxes'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

interface Props {
  box: Sandbox
  share: SandboxShare
  record: string
  now: number
}

/** What somebody who had the record shares of it in a sandbox, for who has it now. Not everybody may know of which one. */
export function StrayShare({ box, share, record, now }: Props) {
  const { t, pick, format } = useText()
  const [asking, setAsking] = useState(false)
  const people = share.people ?? 0
  return (
    <li data-share={share.id}>
      <Icon name="share" />
      <div>
        {box.role === 'outsider' ? (
          <span>{t('record.access.aBox')}</span>
        ) : (
          <Link to="/sandboxes/$id" params={{ id: box.id }}>
            {box.title}
          </Link>
        )}
        <p className="muted">
          {t('record.access.stray.by', { name: share.giver.name, count: people, n: format.number(people) })} ·{' '}
          {new Date(box.from).getTime() > now && `${t('record.access.from', { time: format.moment(box.from) })} · `}
          {t('record.access.until', { time: format.moment(share.until) })} <Ending until={share.until} now={now} />
        </p>
        <p className="muted"><Said text={pick(share.sentence)} /></p>
      </div>
      <button type="button" className="icon-btn" aria-label={t('record.access.stray.out')} onClick={() => setAsking(true)}>
        <Icon name="close" />
      </button>
      {asking && <TakeOut path={{ id: box.id, share: share.id, record }} onClose={() => setAsking(false)} />}
    </li>
  )
}

function TakeOut({ path, onClose }: { path: { id: string; share: string; record: string }; onClose: () => void }) {
  const { t } = useText()
  const out = useTakeOut()
  const problem = useRecordProblem()
  return (
    <FormDialog
      title={t('record.access.stray.title')}
      act={t('record.access.stray.out')}
      danger
      off={out.isPending}
      onAct={() =>
        // The line goes with what was shared, and with it what a callback of its own would say.
        void out.mutateAsync(path).then(
          () => {
            toast(t('record.access.stray.done'))
            onClose()
          },
          () => undefined,
        )
      }
      onCancel={onClose}
    >
      <p>{t('record.access.stray.text')}</p>
      {out.isError && (
        <p className="form-fault" role="alert">
          {problem(out.error)}
        </p>
      )}
    </FormDialog>
  )
}
