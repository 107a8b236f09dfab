import { useText } from '@/lib/usetext'

/** Whoever comes without the link types the code that the program printed. */
export function CodeStep({ failure, onCode }: { failure?: string; onCode: (code: string) => void }) {
  const { t } = useText()
  return (
    <form
      className="setup-form"
      onSubmit={(event) => {
        event.preventDefault()
        onCode(String(new FormData(event.currentTarget).get('code') ?? '').trim())
      }}
    >
      <h1>{t('setup.code.title')}</h1>
      <p className="setup-lead">{t('setup.code.lead')}</p>
      {failure && (
        <p className="note bad" role="alert">
          {failure}
        </p>
      )}
      <label htmlFor="setup-code">{t('setup.code.label')}</label>
      <input className="input" id="setup-code" name="code" autoComplete="off" spellCheck={false} autoCapitalize="none" autoFocus />
      <footer className="setup-foot">
        <button type="submit" className="btn primary">
          {t('setup.next')}
        </button>
      </footer>
    </form>
  )
}
