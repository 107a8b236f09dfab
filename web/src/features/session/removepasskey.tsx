import { useId, useState } from 'react'
import { type Passkey, useRemovePasskey } from '@/api/passkeys'
import { useText } from '@/lib/usetext'
import { useFactorText } from '@/permission/passkeynote'
import { toast } from '@/ui/toast'
import { FactorDialog, PasswordField } from './factordialog'

/** Takes the password; where the second factor was not proved lately, that is asked for as everywhere. */
export function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useText()
  const factorText = useFactorText()
  const remove = useRemovePasskey()
  const [password, setPassword] = useState('')
  const id = useId()
  return (
    <FactorDialog
      title={t('factor.passkey.removeOne', { name: passkey.name })}
      go={t('factor.passkey.remove')}
      danger
      ready={password !== '' && !remove.isPending}
      failure={remove.error ? factorText(remove.error) : undefined}
      onClose={onClose}
      onGo={() =>
        remove.mutate(
          { id: passkey.id, password },
          {
            onSuccess: () => {
              toast(t('factor.passkey.removed'))
              onClose()
            },
          },
        )
      }
    >
      <p>{t('factor.passkey.removeText')}</p>
      <PasswordField id={id} value={password} onChange={setPassword} />
    </FactorDialog>
  )
}
