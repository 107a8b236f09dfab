import { useId, useState } from 'react'
import { useBeginFactor, useConfirmFactor } from '@/api/factor'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'

/** Two steps: the password gives a secret for the authenticator, and a first code puts it in force. */
export function SetUpFactor({ onClose, onDone }: { onClose: () => void; onDone: (codes: string[]) => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const begin = useBeginFactor()
  const confirm = useConfirmFactor()
  const [text, setText] = useState('')
  const form = useId()
  const made = begin.data
  const error = made ? confirm.error : begin.error
  const said = error && (problemOf(error).code === 'credentials' ? t('account.wrongOld') : problemOf(error).code === 'factor_code' ? t('signIn.factor_code') : problemText(error))
  return (
    <Dialog
      title={t('factor.setUp')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" form={form} className="btn primary" disabled={text.trim() === '' || begin.isPending || confirm.isPending}>
            {t(made ? 'factor.confirm' : 'factor.next')}
          </button>
        </>
      }
    >
      <form
        id={form}
        className="factor-form"
        key={made ? 'code' : 'password'}
        onSubmit={(event) => {
          event.preventDefault()
          if (made) confirm.mutate(text, { onSuccess: (answer) => onDone(answer.codes) })
          else begin.mutate(text, { onSuccess: () => setText('') })
        }}
      >
        {made && (
          <>
            <p>{t('factor.scan')}</p>
            <svg className="factor-qr" role="img" aria-label={t('factor.qr')} viewBox={`-4 -4 ${made.qr.size + 8} ${made.qr.size + 8}`} shapeRendering="crispEdges">
              <path className="factor-paper" d={`M-4-4h${made.qr.size + 8}v${made.qr.size + 8}h-${made.qr.size + 8}z`} />
              <path d={made.qr.path} />
            </svg>
            <p className="muted">{t('factor.typed')}</p>
            <code className="factor-secret">{made.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </>
        )}
        {said && (
          <p className="note bad" role="alert">
            <Icon name="warn" />
            {said}
          </p>
        )}
        <label htmlFor={`${form}-text`}>{t(made ? 'factor.code' : 'factor.password')}</label>
        <input
          className="input"
          id={`${form}-text`}
          type={made ? 'text' : 'password'}
          inputMode={made ? 'numeric' : undefined}
          autoComplete={made ? 'one-time-code' : 'current-password'}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
