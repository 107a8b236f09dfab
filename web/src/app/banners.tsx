import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { queries, readAnew, useUnfresh } from '@/api/freshness'
import { prove } from '@/api/proof'
import { useLost } from '@/api/reach'
import type { Kind, Me } from '@/api/types'
import { lookAsOneself } from '@/api/viewas'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** Says as whom one looks, on every page, as long as one does. */
export function ViewBanner({ me }: { me: Me }) {
  const { t } = useText()
  const navigate = useNavigate()
  if (!me.viewer) return null
  const leave = async () => {
    await lookAsOneself()
    await navigate({ to: '/' })
  }
  return (
    <div className="view-banner" role="region" aria-label={t('view.as', { name: me.person.name })}>
      <Icon name="eye" />
      <span title={t('view.hint')}>
        {t('view.as', { name: me.person.name })} · <strong>{t('view.readOnly')}</strong>
      </span>
      <span className="view-hint">{t('view.hint')}</span>
      <button type="button" className="view-leave" onClick={() => void leave()}>
        {t('view.leave')}
      </button>
    </div>
  )
}

/** Says that rules show more of a kind to who has just proved the second factor. */
export function ProofBanner({ kinds, path, viewed }: { kinds: Kind[]; path: string; viewed: boolean }) {
  const { t } = useText()
  const name = /^\/records\/([^/]+)/.exec(path)?.[1]
  if (viewed || !kinds.some((kind) => kind.name === name && kind.second_factor)) return null
  return (
    <div className="lost-banner" role="status">
      <Icon name="lock" />
      <span className="lost-text">{t('proof.more')}</span>
      <button type="button" className="view-leave" onClick={() => void prove()}>
        {t('proof.go')}
      </button>
    </div>
  )
}

/** Says that the server cannot be reached; what is on the screen is read anew when it can again. */
export function LostBanner() {
  const { t } = useText()
  const lost = useLost()
  const was = useRef(false)
  useEffect(() => {
    if (was.current && !lost) void queries.invalidateQueries()
    was.current = lost
  }, [lost])
  if (!lost) return null
  return (
    <div className="lost-banner" role="alert">
      <Icon name="warn" />
      {t('reach.lost')} <span className="muted">{t('reach.kept')}</span>
    </div>
  )
}

/** Says that what is on the screen could not be read anew, and how old it is. */
export function UnfreshBanner() {
  const { t, format } = useText()
  const since = useUnfresh()
  const lost = useLost()
  const [busy, setBusy] = useState(false)
  if (since === undefined || lost) return null
  const again = async () => {
    setBusy(true)
    await readAnew()
    setBusy(false)
  }
  return (
    <div className="lost-banner" role="status" aria-busy={busy}>
      <Icon name="warn" />
      <span className="lost-text">{t('reach.unfresh', { time: format.moment(new Date(since).toISOString()) })}</span>
      <button type="button" className="view-leave" disabled={busy} onClick={() => void again()}>
        {t('app.retry')}
      </button>
    </div>
  )
}
