import { useState } from 'react'
import { type Grant, useEndGrant } from '@/api/grants'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

/** Somebody who has chosen parts of the record for a time, and what goes along. */
export function LentLine({ grant, now }: { grant: Grant; now: number }) {
  const { t, pick, format } = useText()
  const [ending, setEnding] = useState(false)
  const back = grant.can.includes('give_back')
  const does = grant.actions.map((action) => t(`actions.${action}`, { defaultValue: action }))
  const comma = t('record.access.comma')
  return (
    <li data-grant={grant.id}>
      <Icon name="person" />
      <div>
        <span className="access-name">
          {grant.receiver.name}
          <span className="tag">{does.join(comma)}</span>
          {grant.along.length > 0 && <span className="tag">{t('record.access.along', { what: grant.along.map((one) => pick(one.label)).join(comma) })}</span>}
        </span>
        <p className="muted">
          {t('record.access.by', { name: grant.giver.name })} ·{' '}
          {new Date(grant.from).getTime() > now && `${t('record.access.from', { time: format.moment(grant.from) })} · `}
          {t('record.access.until', { time: format.moment(grant.until) })} <Ending until={grant.until} now={now} />
        </p>
        <p className="muted"><Said text={pick(grant.sentence)} /></p>
      </div>
      {(back || grant.can.includes('revoke')) && (
        <button type="button" className="icon-btn" aria-label={back ? t('record.access.self.leave') : t('record.access.leave', { person: grant.receiver.name })} onClick={() => setEnding(true)}>
          <Icon name="close" />
        </button>
      )}
      {ending && <EndLent grant={grant} onClose={() => setEnding(false)} />}
    </li>
  )
}

function EndLent({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t, format } = useText()
  const end = useEndGrant()
  const problem = useRecordProblem()
  const person = grant.receiver.name
  const back = grant.can.includes('give_back')
  return (
    <FormDialog
      title={back ? t('record.access.self.title') : t('record.access.leaveTitle', { person })}
      act={back ? t('record.access.self.leave') : t('record.access.leave', { person })}
      danger
      off={end.isPending}
      onAct={() =>
        // The line goes with the grant, and with it what a callback of its own would say.
        void end.mutateAsync(grant.id).then(
          () => {
            toast(back ? t('record.access.self.done') : t('record.access.removed', { person }))
            onClose()
          },
          () => undefined,
        )
      }
      onCancel={onClose}
    >
      <p>{t(back ? 'record.access.self.text' : 'record.access.takeBackText')}</p>
      {grant.records.length > 1 && <p>{t('record.access.takeBackAll', { n: format.number(grant.records.length) })}</p>}
      {end.isError && (
        <p className="form-fault" role="alert">
          {problem(end.error)}
        </p>
      )}
    </FormDialog>
  )
}
