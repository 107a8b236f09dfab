import { useId, useState } from 'react'
import { useRemoveFactor } from '@/api/factor'
import { useText } from '@/lib/usetext'
import { useFactorText } from '@/permission/passkeynote'
import { toast } from '@/ui/toast'
import { FactorDialog, PasswordField } from './factordialog'

/** Takes both to remove the authenticator: the password and a code. */
export function RemoveFactor({ last, onClose }: { last: boolean; onClose: () => void }) {
  const { t } = useText()
  const factorText = useFactorText()
  const remove = useRemoveFactor()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const id = useId()
  return (
    <FactorDialog
      title={t('factor.remove')}
      go={t('factor.remove')}
      danger
      ready={password !== '' && code.trim() !== '' && !remove.isPending}
      failure={remove.error ? factorText(remove.error) : undefined}
      onClose={onClose}
      onGo={() =>
        remove.mutate(
          { password, code },
          {
            onSuccess: () => {
              toast(t('factor.removed'))
              onClose()
            },
          },
        )
      }
    >
      <p>{t(last ? 'factor.removeText' : 'factor.removeOther')}</p>
      <PasswordField id={id} value={password} onChange={setPassword} />
      <label htmlFor={`${id}-code`}>{t('signIn.code')}</label>
      <input className="input" id={`${id}-code`} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)} />
    </FactorDialog>
  )
}
