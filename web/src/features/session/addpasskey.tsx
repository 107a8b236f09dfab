import { useId, useState } from 'react'
import { useAddPasskey } from '@/api/passkeys'
import { useText } from '@/lib/usetext'
import { useFactorText } from '@/permission/passkeynote'
import { toast } from '@/ui/toast'
import { FactorDialog, PasswordField } from './factordialog'

interface Props {
  /** There is no second factor yet: the password says who it is. */
  first: boolean
  onClose: () => void
  onDone: (codes: string[]) => void
}

/** A name for the passkey; the browser does the rest. */
export function AddPasskey({ first, onClose, onDone }: Props) {
  const { t } = useText()
  const factorText = useFactorText()
  const add = useAddPasskey()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const id = useId()
  return (
    <FactorDialog
      title={t('factor.passkey.add')}
      go={t('factor.passkey.make')}
      ready={name.trim() !== '' && (!first || password !== '') && !add.isPending}
      failure={add.error ? factorText(add.error) : undefined}
      onClose={onClose}
      onGo={() =>
        add.mutate(
          { name, password: first ? password : undefined },
          {
            onSuccess: ({ codes }) => {
              toast(t('factor.passkey.added'))
              onDone(codes)
            },
          },
        )
      }
    >
      <p>{t('factor.passkey.addText')}</p>
      <label htmlFor={`${id}-name`}>{t('factor.passkey.name')}</label>
      <input className="input" id={`${id}-name`} autoFocus maxLength={40} placeholder={t('factor.passkey.example')} value={name} onChange={(event) => setName(event.target.value)} />
      {first && <PasswordField id={id} value={password} onChange={setPassword} />}
    </FactorDialog>
  )
}
