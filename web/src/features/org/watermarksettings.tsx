import { useState } from 'react'
import { useHasRight } from '@/api/session'
import { type MarkSettings, useMarkSettings, useSetMarkSettings } from '@/api/watermark'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** Over whose pages the watermark lies; nothing for who may not know. */
export function WatermarkSettings() {
  const settings = useMarkSettings()
  return settings.data ? <Form key={settings.data.version} saved={settings.data} /> : null
}

function Form({ saved }: { saved: MarkSettings }) {
  const { t } = useText()
  const problemText = useProblemText()
  const put = useSetMarkSettings()
  const may = useHasRight('policy')
  const [everyone, setEveryone] = useState(saved.everyone)
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate({ version: saved.version, everyone }, { onSuccess: () => toast(t('watermark.settings.saved')) })
      }}
    >
      <fieldset disabled={!may}>
        <legend>{t('watermark.settings.title')}</legend>
        <p className="muted">{t('watermark.settings.hint')}</p>
        {([true, false] as const).map((choice) => (
          <label key={String(choice)}>
            <input type="radio" name="watermark" checked={everyone === choice} onChange={() => setEveryone(choice)} />
            <span>{t(choice ? 'watermark.settings.everyone' : 'watermark.settings.duty')}</span>
          </label>
        ))}
      </fieldset>
      {put.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(put.error)}
        </p>
      )}
      {may && (
        <button type="submit" className="btn primary" disabled={put.isPending || everyone === saved.everyone}>
          {t('watermark.settings.save')}
        </button>
      )}
    </form>
  )
}
