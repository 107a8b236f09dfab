import { useId, useState } from 'react'
import { useRemoveFactor } from '@/api/factor'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** Takes both to remove the second factor: the password and a code. */
export function RemoveFactor({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const remove = useRemoveFactor()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const form = useId()
  const problem = remove.error && problemOf(remove.error).code
  return (
    <Dialog
      title={t('factor.remove')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" form={form} className="btn danger" disabled={!password || code.trim() === '' || remove.isPending}>
            {t('factor.remove')}
          </button>
        </>
      }
    >
      <form
        id={form}
        className="factor-form"
        onSubmit={(event) => {
          event.preventDefault()
          remove.mutate(
            { password, code },
            {
              onSuccess: () => {
                toast(t('factor.removed'))
                onClose()
              },
            },
          )
        }}
      >
        <p>{t('factor.removeText')}</p>
        {problem && (
          <p className="note bad" role="alert">
            <Icon name="warn" />
            {problem === 'credentials' ? t('account.wrongOld') : problem === 'factor_code' ? t('signIn.factor_code') : problemText(remove.error)}
          </p>
        )}
        <label htmlFor={`${form}-password`}>{t('factor.password')}</label>
        <input className="input" id={`${form}-password`} type="password" autoComplete="current-password" autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
        <label htmlFor={`${form}-code`}>{t('signIn.code')}</label>
        <input className="input" id={`${form}-code`} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)} />
      </form>
    </Dialog>
  )
}
