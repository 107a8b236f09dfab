import { type FormEvent, useId, useState } from 'react'
import type { AssignmentDocument, Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { toast } from '@/ui/toast'
import { assign, changeWindow, type PackView } from './model'
import { isChosen, TargetFields } from './targetfields'
import type { Policy } from './usepolicy'
import { Who } from './who'

interface Props {
  /** The pack that is hung; without one it is chosen here. */
  pack?: PackView
  /** Whom it is hung on; without one it is chosen here. */
  who?: Clause
  /** An assignment that gets another window. */
  changes?: AssignmentDocument
  policy: Policy
  onClose: () => void
}

/** For a field of a moment in the reader's zone. */
const local = (at: string | undefined): string => {
  if (!at) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
const instant = (text: string): string | undefined => (text ? new Date(text).toISOString() : undefined)

/** Hangs a pack on somebody, or gives an assignment another window. */
export function AssignDialog({ pack, who: given, changes, policy, onClose }: Props) {
  const { t, pick } = useText()
  const id = useId()
  const [chosen, setChosen] = useState(pack?.id ?? '')
  const [who, setWho] = useState<Clause>(given ?? { position: '' })
  const [from, setFrom] = useState(local(changes?.from))
  const [until, setUntil] = useState(local(changes?.until))
  const backwards = from !== '' && until !== '' && until <= from
  const ready = !backwards && (changes ? true : chosen !== '' && isChosen(who))
  const label = pack ?? policy.packs.find((p) => p.id === chosen)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    const window = { from: instant(from), until: instant(until) }
    const saved = await policy.edit((d) =>
      changes ? changeWindow(d, changes.id, window) : assign(d, chosen, who, window),
    )
    if (!saved) return
    toast(changes ? t('policy.assign.windowSet') : t('policy.assign.done', { pack: label ? pick(label.label) : '' }))
    onClose()
  }

  return (
    <FormDialog
      title={changes ? t('policy.assign.window') : pack ? t('policy.assign.titleOf', { pack: pick(pack.label) }) : t('policy.assign.add')}
      act={changes ? t('app.save') : t('policy.assign.do')}
      off={!ready}
      form={id}
      onCancel={onClose}
    >
      <form id={id} className="assign-form" onSubmit={(event) => void save(event)}>
        {(given ?? changes) && (
          <p>
            <Who who={given ?? changes?.who ?? {}} />
          </p>
        )}
        {!pack && !changes && (
          <label className="field">
            <span>{t('policy.assign.pack')}</span>
            <select className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              <option value="">{t('form.choose')}</option>
              {policy.packs.map((p) => (
                <option key={p.id} value={p.id}>
                  {pick(p.label)}
                </option>
              ))}
            </select>
          </label>
        )}
        {!given && !changes && <TargetFields value={who} onChange={setWho} />}
        <div className="two">
          <label className="field">
            <span>{t('policy.window.fromLabel')}</span>
            <input className="input" type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
          </label>
          <label className="field">
            <span>{t('policy.window.untilLabel')}</span>
            <input className="input" type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
        </div>
        <p className="muted">{t('policy.window.open')}</p>
        {backwards && (
          <p className="note bad" role="alert">
            {t('policy.window.backwards')}
          </p>
        )}
      </form>
    </FormDialog>
  )
}
