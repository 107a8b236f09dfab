import { type FormEvent, useId, useState } from 'react'
import type { MatrixWho } from '@/api/matrix'
import type { Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'
import { copyAssignments, targetKey } from './model'
import { isChosen, TargetFields } from './targetfields'
import type { Policy } from './usepolicy'
import { Who } from './who'

interface Props {
  from: MatrixWho
  policy: Policy
  onClose: () => void
}

/** Hangs on one what hangs on another: position, unit or person. */
export function CopyDialog({ from, policy, onClose }: Props) {
  const { t, pick } = useText()
  const id = useId()
  const [to, setTo] = useState<Clause>(from.person ? { person: '' } : from.unit ? { unit: '', below: true } : { position: '' })
  const [replace, setReplace] = useState(false)
  const given = policy.assignments.filter((a) => targetKey(a.who) === targetKey(from))
  const ready = given.length > 0 && isChosen(to) && targetKey(to) !== targetKey(from)
  const name = (pack: string) => {
    const found = policy.packs.find((p) => p.id === pack)
    return found ? pick(found.label) : pack
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!ready || !(await policy.edit((d) => copyAssignments(d, from, to, replace)))) return
    toast(t('policy.copy.done'))
    onClose()
  }
  return (
    <FormDialog title={t('policy.copy.title')} act={t('policy.copy.do')} off={!ready} form={id} onCancel={onClose}>
      <form id={id} className="assign-form" onSubmit={(event) => void save(event)}>
        <p className="copy-from">
          <Who who={from} />
          {given.map((a, index) => (
            <span key={a.id || index} className="tag stage">
              {name(a.pack)}
            </span>
          ))}
        </p>
        {given.length === 0 ? <p className="note">{t('policy.copy.nothing')}</p> : <TargetFields value={to} onChange={setTo} />}
        <label className="check">
          <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
          {t('policy.copy.replace')}
        </label>
        <p className="muted">{t('policy.copy.hint')}</p>
      </form>
    </FormDialog>
  )
}
