import { useState } from 'react'
import { createPortal } from 'react-dom'
import { isHeld } from '@/api/held'
import { doOrAsk, type PoolAct, rereadPools } from '@/api/pools'
import type { Item } from '@/api/types'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { ActForm, doingOf, type Filled, lackOf } from './actform'
import { usePoolProblem } from './problem'
import './pools.css'

interface Props {
  kind: string
  item: Item
  act: Exclude<PoolAct, 'claim'>
  onClose: () => void
}

/** Releases or assigns one record. It stands outside of the row or card that it was asked from. */
export default function ActDialog({ kind, item, act, onClose }: Props) {
  const { t } = useText()
  const problem = usePoolProblem()
  const [filled, setFilled] = useState<Filled>({ reason: '' })
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const title = item.title || t('list.untitled')

  const go = async () => {
    const lack = lackOf(act, filled)
    setFault(lack && t(`pools.act.${lack}`))
    if (lack) return
    setBusy(true)
    try {
      const after = await doOrAsk(kind, item.id, doingOf(act, filled))
      toast(t(act === 'assign' ? 'pools.act.assigned' : 'pools.act.released', { title, person: filled.person?.name ?? '' }))
      onClose()
      await rereadPools(kind, after)
    } catch (error) {
      if (isHeld(error)) return onClose() // another dialog asks for it
      setFault(problem(error, act))
      setBusy(false)
      await rereadPools(kind)
    }
  }
  return createPortal(
    <FormDialog title={t(`pools.act.${act}Title`, { title })} act={t(`pools.acts.${act}`)} off={busy} onAct={() => void go()} onCancel={onClose}>
      <div className="pool-form">
        <ActForm act={act} filled={filled} onFilled={setFilled} />
        {fault && (
          <p className="note bad" role="alert">
            <Icon name="warn" />
            {fault}
          </p>
        )}
      </div>
    </FormDialog>,
    document.body,
  )
}
