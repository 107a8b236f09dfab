import { useState } from 'react'
import { useKinds } from '@/api/kinds'
import { hasFailed } from '@/api/problem'
import { type MarkSettings, useCanaries } from '@/api/trace'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'

interface Props {
  settings: MarkSettings
  may: boolean
  onSet: (next: MarkSettings) => void
}

const canaryKinds = ['customer', 'contact']

/** Of which exports each has invented rows, and who has been given which. */
export function CanarySettings({ settings, may, onSet }: Props) {
  const { t, pick } = useText()
  const kinds = useKinds()
  const [range, setRange] = useState(settings.range)
  const label = (name: string) => {
    const kind = kinds.data?.find((k) => k.name === name)
    return kind ? pick(kind.plural ?? kind.label) : name
  }
  return (
    <fieldset className="trace-canaries">
      <legend>{t('trace.canaries')}</legend>
      <p className="muted">{t('trace.canariesText')}</p>
      <p className="note warn">
        <Icon name="warn" />
        {t('trace.canariesWarn')}
      </p>
      {canaryKinds.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={settings.canaries.includes(name)}
            disabled={!may}
            onChange={(event) => onSet({ ...settings, canaries: event.target.checked ? [...settings.canaries, name] : settings.canaries.filter((k) => k !== name) })}
          />
          <span>{t('trace.canaryOf', { kind: label(name) })}</span>
        </label>
      ))}
      {settings.canaries.length > 0 && (
        <label className="trace-range">
          {t('trace.canaryRange')}
          <input
            className="input num"
            inputMode="numeric"
            maxLength={8}
            value={range}
            disabled={!may}
            onChange={(event) => setRange(event.target.value.replace(/[^0-9]/g, ''))}
            onBlur={() => range !== settings.range && onSet({ ...settings, range })}
          />
          <small className="muted">{t('trace.canaryRangeText')}</small>
        </label>
      )}
      <Given />
    </fieldset>
  )
}

/** The invented rows and their copies; asking for them is recorded, so they are not asked for before somebody wants them. */
function Given() {
  const { t, format } = useText()
  const [open, setOpen] = useState(false)
  const given = useCanaries(open)
  const items = given.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('trace.canariesGiven')}</summary>
      {hasFailed(given) ? (
        <Failure error={given.error} onRetry={() => void given.refetch()} />
      ) : given.data && items.length === 0 ? (
        <p className="muted">{t('trace.canariesNone')}</p>
      ) : (
        <div className="trace-cells" role="region" tabIndex={0} aria-label={t('trace.canariesGiven')} aria-busy={given.isFetching}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('trace.canaryName')}</th>
                <th scope="col">{t('trace.canaryPhone')}</th>
                <th scope="col">{t('trace.canaryWho')}</th>
                <th scope="col">{t('trace.at')}</th>
                <th scope="col">{t('trace.code')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((c) => (
                <tr key={c.id}>
                  <td>{c.name}</td>
                  <td className="num">{c.phone}</td>
                  <td>{c.person?.name ?? t('trace.program')}</td>
                  <td className="num">{format.moment(c.at)}</td>
                  <td className="num">{c.code}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {given.hasNextPage && (
        <button type="button" className="btn" disabled={given.isFetching} onClick={() => void given.fetchNextPage()}>
          {t('trace.canariesMore')}
        </button>
      )}
    </details>
  )
}
