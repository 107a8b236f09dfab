import type { ReactNode } from 'react'
import { useText } from '@/lib/usetext'
import { Icon, type IconName } from './icons'
import './states.css'

interface StateProps {
  icon: IconName
  title: string
  text?: string
  id?: string
  page?: boolean
  children?: ReactNode
}

/** A page or panel that has something to say instead of something to show. */
export function State({ icon, title, text, id, page, children }: StateProps) {
  const { t } = useText()
  const Title = page ? 'h1' : 'h2'
  return (
    <div className="state" role={icon === 'warn' ? 'alert' : undefined}>
      <span className="state-mark">
        <Icon name={icon} />
      </span>
      <Title>{title}</Title>
      {text && <p>{text}</p>}
      {id && <p className="state-id">{t('app.requestId', { id })}</p>}
      {children && <div className="state-act">{children}</div>}
    </div>
  )
}

interface ErrorProps {
  text: string
  id?: string
  page?: boolean
  onRetry?: () => void
}

export function ErrorState({ text, id, page, onRetry }: ErrorProps) {
  const { t } = useText()
  return (
    <State icon="warn" title={t('state.errorTitle')} text={text} id={id} page={page}>
      {onRetry && (
        <button type="button" className="btn" onClick={onRetry}>
          {t('app.retry')}
        </button>
      )}
    </State>
  )
}

/** Says after a second that it goes on: a shimmer alone does not tell what is slow from what is stuck. */
export function Still() {
  const { t } = useText()
  return <span className="still">{t('app.still')}</span>
}

/** Rows of a list that is on its way. */
export function BoneRows({ rows = 12 }: { rows?: number }) {
  const { t } = useText()
  return (
    <div className="bone-rows" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden="true">
          <span className="bone" />
          <span className="bone" />
          <span className="bone" />
          <span className="bone" />
          <span className="bone" />
        </div>
      ))}
      <Still />
    </div>
  )
}
