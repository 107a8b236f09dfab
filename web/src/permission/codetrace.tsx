import { useState } from 'react'
import { type Traced, useTraceMark } from '@/api/watermark'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { useProblemText } from './problemtext'
import './codetrace.css'

const plain = (code: string) => code.toUpperCase().replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

/** Where the code of a watermark leads: typed off a photograph, with a slip or two. */
export function CodeTrace() {
  const { t } = useText()
  const problemText = useProblemText()
  const trace = useTraceMark()
  const [code, setCode] = useState('')
  const asked = trace.variables ?? ''
  return (
    <section className="card code-trace" aria-labelledby="code-trace">
      <h2 id="code-trace">
        <Icon name="search" />
        {t('watermark.trace')}
      </h2>
      <p className="muted" id="code-trace-hint">
        {t('watermark.hint')}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim()) trace.mutate(code)
        }}
      >
        <input
          className="input"
          aria-label={t('watermark.code')}
          aria-describedby="code-trace-hint"
          placeholder={t('watermark.example')}
          value={code}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setCode(event.target.value)}
        />
        <button type="submit" className="btn primary" disabled={trace.isPending || !code.trim()}>
          {t('watermark.find')}
        </button>
      </form>
      {trace.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(trace.error)}
        </p>
      )}
      {trace.data && (
        <div role="region" aria-label={t('watermark.found')} aria-live="polite">
          {trace.data.items.every((one) => plain(one.code) !== plain(asked)) && <p className="note">{t('watermark.nearly')}</p>}
          {trace.data.items.map((one) => (
            <Found key={one.code} one={one} />
          ))}
        </div>
      )}
    </section>
  )
}

function Found({ one }: { one: Traced }) {
  const { t, format } = useText()
  const device = one.device === 'desktop' || one.device === 'phone' ? one.device : 'unknown'
  const network = one.network === 'office' || one.network === 'outside' ? one.network : 'unknown'
  return (
    <dl>
      <dt>{t('watermark.code')}</dt>
      <dd>
        <code>{one.code}</code>
      </dd>
      <dt>{t('watermark.who')}</dt>
      <dd>
        <strong>{one.person.name}</strong> <span className="muted">{one.person.login}</span>
      </dd>
      <dt>{t('watermark.device')}</dt>
      <dd>{[one.label, t(`watermark.devices.${device}`)].filter(Boolean).join(' · ')}</dd>
      <dt>{t('watermark.network')}</dt>
      <dd>{[t(`watermark.networks.${network}`), one.address].filter(Boolean).join(' · ')}</dd>
      <dt>{t('watermark.began')}</dt>
      <dd className="num">{format.moment(one.began_at)}</dd>
      <dt>{t('watermark.ended')}</dt>
      <dd className="num">{one.ended_at ? format.moment(one.ended_at) : t('watermark.open')}</dd>
    </dl>
  )
}
