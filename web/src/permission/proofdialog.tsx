import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useFactor, useProve } from '@/api/factor'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { useProblemText } from './problemtext'
import './proof.css'

/** Asks for a code of the second factor; who has none is told where to set one up. */
export default function ProofDialog({ onDone }: { onDone: (proved: boolean) => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const factor = useFactor()
  const prove = useProve()
  const [code, setCode] = useState('')
  const id = useId()
  // Nothing is known of a factor that could not be read: then the code says.
  const none = factor.data !== undefined && !factor.data.since
  return (
    <Dialog
      title={t('factor.proof.title')}
      onCancel={() => onDone(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => onDone(false)}>
            {t('app.cancel')}
          </button>
          {none ? (
            <Link to="/account" className="btn primary" onClick={() => onDone(false)}>
              {t('factor.proof.setUp')}
            </Link>
          ) : (
            <button type="submit" form={id} className="btn primary" disabled={code.trim() === '' || prove.isPending}>
              {t('factor.proof.go')}
            </button>
          )}
        </>
      }
    >
      {factor.isPending && <BoneRows rows={2} />}
      {none && <p>{t('factor.proof.none')}</p>}
      {!factor.isPending && !none && (
        <form
          id={id}
          className="proof-form"
          onSubmit={(event) => {
            event.preventDefault()
            prove.mutate(code, { onSuccess: () => onDone(true) })
          }}
        >
          <p>{t('factor.proof.text')}</p>
          {prove.error && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {problemOf(prove.error).code === 'factor_code' ? t('signIn.factor_code') : problemText(prove.error)}
            </p>
          )}
          <label htmlFor={`${id}-code`}>{t('signIn.code')}</label>
          <input
            className="input"
            id={`${id}-code`}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            aria-describedby={`${id}-hint`}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <p className="muted" id={`${id}-hint`}>
            {t('signIn.codeHint')}
          </p>
        </form>
      )}
    </Dialog>
  )
}
