import { useState } from 'react'
import { type Grant, useEndGrant, useGrants } from '@/api/grants'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

/** Who has chosen parts of the record for a time, of what the reader gave or received. */
export function Lent({ kind, item }: { kind: Kind; item: Item }) {
  const { t, pick } = useText()
  const lent = useGrants({ kind: kind.name, record: item.id, state: 'open' })
  const [ending, setEnding] = useState<Grant>()
  const list = lent.data?.pages.flatMap((page) => page.items) ?? []
  if (list.length === 0) return null
  return (
    <section aria-label={t('record.access.lent')}>
      <h3 className="panel-title">{t('record.access.lent')}</h3>
      <ul className="files card-list">
        {list.map((grant) => (
          <li key={grant.id}>
            <Icon name="share" />
            <div>
              {grant.receiver.name} <Ending until={grant.until} now={lent.dataUpdatedAt} />
              <p className="muted">{pick(grant.sentence)}</p>
            </div>
            {(grant.can.includes('revoke') || grant.can.includes('give_back')) && (
              <button type="button" className="icon-btn" aria-label={t('record.access.takeBack', { person: grant.receiver.name })} onClick={() => setEnding(grant)}>
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {ending && <EndLent grant={ending} onClose={() => setEnding(undefined)} />}
    </section>
  )
}

function EndLent({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useText()
  const end = useEndGrant()
  const problem = useRecordProblem()
  const person = grant.receiver.name
  return (
    <FormDialog
      title={t('record.access.takeBackTitle', { person })}
      act={t('record.access.takeBack', { person })}
      danger
      off={end.isPending}
      onAct={() =>
        end.mutate(grant.id, {
          onSuccess: () => {
            toast(t('record.access.tookBack', { person }))
            onClose()
          },
        })
      }
      onCancel={onClose}
    >
      <p>{t('record.access.takeBackText')}</p>
      {end.isError && (
        <p className="form-fault" role="alert">
          {problem(end.error)}
        </p>
      )}
    </FormDialog>
  )
}
