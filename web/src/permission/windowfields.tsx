import { useId } from 'react'
import { useText } from '@/lib/usetext'
import { type Span, spans, type Window } from './grantwindow'

interface Props {
  window: Window
  onWindow: (window: Window) => void
  offer?: readonly Span[]
}

/** Chooses from when until when. */
export function WindowFields({ window, onWindow, offer = spans }: Props) {
  const { t } = useText()
  const id = useId()
  return (
    <fieldset>
      <legend>{t('access.give.window')}</legend>
      <div className="segments" role="group" aria-label={t('access.give.window')}>
        {offer.map((span) => (
          <button key={span} type="button" aria-pressed={span === window.span} onClick={() => onWindow({ ...window, span })}>
            {t(`access.give.spans.${span}`)}
          </button>
        ))}
      </div>
      {window.span === 'custom' && (
        <div className="give-moments">
          <label htmlFor={`${id}-from`}>{t('access.give.from')}</label>
          <input id={`${id}-from`} type="datetime-local" className="input" value={window.from} onChange={(event) => onWindow({ ...window, from: event.target.value })} />
          <label htmlFor={`${id}-until`}>{t('access.give.until')}</label>
          <input id={`${id}-until`} type="datetime-local" className="input" value={window.until} onChange={(event) => onWindow({ ...window, until: event.target.value })} />
        </div>
      )}
    </fieldset>
  )
}
