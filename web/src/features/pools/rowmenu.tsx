import { type RefObject, useState } from 'react'
import type { PoolAct } from '@/api/pools'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { mayAskTo } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { Panel } from '@/ui/popover'
import ActDialog from './actdialog'
import { actsOf, iconOf } from './acts'
import { useClaim } from './useclaim'

interface Props {
  kind: string
  item: Item
  anchor: RefObject<HTMLButtonElement | null>
  id: string
  onClose: () => void
}

/** What can be done with the record of one row. */
export default function RowMenu({ kind, item, anchor, id, onClose }: Props) {
  const { t } = useText()
  const [asked, setAsked] = useState<Exclude<PoolAct, 'claim'>>()
  const { claim } = useClaim(kind)
  const close = () => {
    onClose()
    anchor.current?.focus()
  }
  if (asked) return <ActDialog kind={kind} item={item} act={asked} onClose={close} />
  const name = t('pools.rowMenu', { title: item.title || t('list.untitled') })
  return (
    <Panel id={id} label={name} anchor={anchor} onClose={close} onLeave={onClose}>
      <div className="menu">
        {actsOf(item).map((act) => (
          <button
            key={act}
            type="button"
            className="menu-item"
            onClick={() => {
              if (act !== 'claim') return setAsked(act)
              close()
              void claim(item)
            }}
          >
            <Icon name={iconOf(item, act)} />
            {t(`pools.acts.${act}`)}
            {mayAskTo(item, act) && <span className="sr-only"> {t('mask.held')}</span>}
          </button>
        ))}
      </div>
    </Panel>
  )
}
