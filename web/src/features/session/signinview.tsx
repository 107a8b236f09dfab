import { useRef, useState } from 'react'
import { useText } from '@/lib/usetext'
import { passkeyHindrance } from '@/lib/webauthn'
import { PasskeyNote } from '@/permission/passkeynote'
import { Icon } from '@/ui/icons'
import { Logo } from '@/ui/logo'
import { LanguageButtons } from '@/ui/preferences'
import './session.css'

interface Props {
  expired: boolean
  busy: boolean
  failure?: string
  /** The password was right; a code of the second factor is wanted too. */
  asksCode: boolean
  /** Where the passkeys of who has some are proved. */
  passkeysAt?: string
  onSubmit: (login: string, password: string, code: string, byPasskey: boolean) => void
}

/** Native inputs: the first page is light, and password managers know it. */
export function SignInView({ expired, busy, failure, asksCode, passkeysAt, onSubmit }: Props) {
  const { t } = useText()
  const [shown, setShown] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const here = asksCode && passkeysAt !== undefined && !passkeyHindrance(passkeysAt)
  const submit = (byPasskey: boolean) => {
    const data = new FormData(form.current ?? undefined)
    const text = (name: string) => String(data.get(name) ?? '')
    onSubmit(text('login').trim(), text('password'), text('code').trim(), byPasskey)
  }
  return (
    <div className="signin">
      <aside className="signin-side">
        <div className="signin-brand">
          <Logo />
          <span>{t('app.name')}</span>
        </div>
        <GateArt />
        <div>
          <p className="signin-tagline">{t('app.tagline')}</p>
          <ul>
            <li>{t('signIn.pitch1')}</li>
            <li>{t('signIn.pitch2')}</li>
            <li>{t('signIn.pitch3')}</li>
          </ul>
        </div>
      </aside>
      <main className="signin-main">
        <div className="signin-lang">
          <LanguageButtons />
        </div>
        <form
          ref={form}
          className="signin-form"
          onSubmit={(event) => {
            event.preventDefault()
            submit(false)
          }}
        >
          <span className="signin-mark">
            <Logo />
          </span>
          <h1>{t('signIn.welcome')}</h1>
          {expired && !failure && (
            <p className="note warn" role="status">
              <Icon name="info" />
              {t('signIn.expired')}
            </p>
          )}
          {failure && (
            <p className="note bad" role="alert" id="signin-failure">
              <Icon name="warn" />
              {failure}
            </p>
          )}
          <label htmlFor="login">{t('signIn.login')}</label>
          <input
            className="input"
            id="login"
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            aria-describedby={failure ? 'signin-failure' : undefined}
          />
          <label htmlFor="password">{t('signIn.password')}</label>
          <div className="signin-password">
            <input
              className="input"
              id="password"
              name="password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              aria-describedby={failure ? 'signin-failure' : undefined}
            />
            <button
              type="button"
              className="quiet"
              aria-pressed={shown}
              aria-label={shown ? t('signIn.hide') : t('signIn.show')}
              onClick={() => setShown(!shown)}
            >
              <EyeIcon />
            </button>
          </div>
          {here && (
            <>
              <button type="button" className="btn primary signin-go" autoFocus disabled={busy} onClick={() => submit(true)}>
                {t('factor.passkey.signIn')}
              </button>
              <p className="signin-or hint">{t('factor.passkey.or')}</p>
            </>
          )}
          {asksCode && passkeysAt !== undefined && <PasskeyNote origin={passkeysAt} />}
          {asksCode && (
            <>
              <label htmlFor="code">{t('signIn.code')}</label>
              <input className="input" id="code" name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} autoFocus={!here} aria-describedby="code-hint" />
              <p className="hint" id="code-hint">
                {t('signIn.codeHint')}
              </p>
            </>
          )}
          <button type="submit" className={here ? 'btn signin-go' : 'btn primary signin-go'} aria-disabled={busy} disabled={busy}>
            {busy ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
      </main>
    </div>
  )
}

const EyeIcon = () => (
  <svg className="icon" viewBox="0 0 16 16" fill="none" aria-hidden="true" stroke="currentColor" strokeWidth="1.3">
    <path d="M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8Z" />
    <circle cx="8" cy="8" r="2" />
  </svg>
)

/** Gates within gates, as decoration. */
const GateArt = () => (
  <svg className="signin-art" viewBox="0 0 480 420" fill="none" aria-hidden="true" stroke="currentColor">
    {[200, 164, 128, 92, 56].map((r, i) => (
      <path
        key={r}
        d={`M${240 - r} 420V${220}A${r} ${r} 0 0 1 ${240 + r} 220V420`}
        strokeWidth={i === 4 ? 3 : 1.5}
        opacity={0.14 + i * 0.14}
      />
    ))}
    <path d="M240 236V420" strokeWidth="3" opacity="0.8" />
    <circle cx="240" cy="220" r="7" fill="currentColor" stroke="none" />
  </svg>
)
