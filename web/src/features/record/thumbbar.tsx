import { type ReactNode, useState } from 'react'
import type { Item, Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { fieldState } from '@/permission/access'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { FollowUp } from './followup'
import { telOf } from './inplace'

interface Props {
  kind: Kind
  item: Item
  activity?: Kind
  links?: Record<string, Value>
  /** What can be done beside. */
  acts?: ReactNode
}

/** What one hand does on the way: note what was said, and call without reading the number out. */
export function ThumbBar({ kind, item, activity, links, acts }: Props) {
  const { t } = useText()
  const [noting, setNoting] = useState(false)
  const number = kind.fields
    .filter((f) => f.format === 'phone')
    .map((f) => fieldState(item, f.name))
    .find((state) => state.is === 'plain' && typeof state.value === 'string' && state.value !== '')
  const follows = activity !== undefined && links !== undefined
  if (!follows && !number && !acts) return null
  return (
    <div className="thumbbar">
      {acts}
      {number?.is === 'plain' && (
        <a className="btn" href={telOf(String(number.value))}>
          <Icon name="phone" />
          {t('record.call')}
        </a>
      )}
      {follows && (
        <button type="button" className="btn primary" onClick={() => setNoting(true)}>
          <Icon name="edit" />
          {t('record.follow.label')}
        </button>
      )}
      {noting && follows && (
        <Dialog
          title={t('record.follow.label')}
          onCancel={() => setNoting(false)}
          footer={
            <button type="button" className="btn" onClick={() => setNoting(false)}>
              {t('app.cancel')}
            </button>
          }
        >
          <FollowUp kind={kind} item={item} activity={activity} links={links} onDone={() => setNoting(false)} />
        </Dialog>
      )}
    </div>
  )
}
