import { useRef, useState } from 'react'
import type { Leak } from '@/api/trace'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** Where a leak is handed in: a file, dropped or chosen, a text, or a code. */
export function TraceInput({ busy, onLeak }: { busy: boolean; onLeak: (leak: Leak) => void }) {
  const { t } = useText()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [text, setText] = useState('')
  const [code, setCode] = useState('')
  return (
    <div className="trace-input">
      <section
        className={over ? 'card trace-drop over' : 'card trace-drop'}
        aria-label={t('trace.file')}
        aria-busy={busy}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (file && !busy) onLeak({ file })
        }}
      >
        <Icon name="contract" />
        <p role="status">{t(busy ? 'trace.looking' : 'trace.drop')}</p>
        <button type="button" className="btn primary" disabled={busy} onClick={() => input.current?.click()}>
          {t('trace.choose')}
        </button>
        <input
          ref={input}
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label={t('trace.choose')}
          accept=".csv,.xlsx,.txt,.pdf"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) onLeak({ file })
            event.target.value = ''
          }}
        />
        <p className="muted">{t('trace.formats')}</p>
      </section>
      <div className="trace-beside">
        <form
          className="card"
          aria-label={t('trace.byCode')}
          onSubmit={(event) => {
            event.preventDefault()
            onLeak({ code })
          }}
        >
          <label>
            {t('trace.byCode')}
            <input className="input" value={code} placeholder={t('trace.example')} maxLength={40} autoComplete="off" spellCheck={false} onChange={(event) => setCode(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={busy || !code.trim()}>
            {t('trace.look')}
          </button>
        </form>
        <form
          className="card"
          aria-label={t('trace.text')}
          onSubmit={(event) => {
            event.preventDefault()
            onLeak({ text })
          }}
        >
          <label>
            {t('trace.text')}
            <textarea className="input" rows={4} value={text} placeholder={t('trace.paste')} onChange={(event) => setText(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={busy || !text.trim()}>
            {t('trace.begin')}
          </button>
        </form>
      </div>
    </div>
  )
}
