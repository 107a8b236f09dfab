import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useText } from '@/lib/usetext'
import { useFactorText } from '@/permission/passkeynote'

interface Props {
  id: string
  label: string
  /** What it is called now. */
  name: string
  rename: UseMutationResult<unknown, Error, { id: string; label: string }>
  onDone: () => void
}

/** Gives a device or a passkey of one's own another name, in its place in the list. */
export function NameForm({ id, label, name, rename, onDone }: Props) {
  const { t } = useText()
  const factorText = useFactorText()
  const [text, setText] = useState(name)
  return (
    <form
      className="away-form"
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate({ id, label: text }, { onSuccess: onDone })
      }}
    >
      <label>
        <span>{label}</span>
        <input className="input" autoFocus maxLength={40} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="btn primary" disabled={rename.isPending}>
        {t('factor.device.save')}
      </button>
      <button type="button" className="btn" onClick={onDone}>
        {t('app.cancel')}
      </button>
      {rename.error && (
        <p className="note bad" role="alert">
          {factorText(rename.error)}
        </p>
      )}
    </form>
  )
}
