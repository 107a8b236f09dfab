import type { ReactNode } from 'react'
import type { Question } from '@/api/explain'
import { viewedPerson } from '@/api/viewas'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { useUntilClaimed } from './untilclaimed'
import { Why } from './why'
import './permission.css'

interface MarkProps {
  kind: string
  id: string
  field: string
  label: string
}

/** A field of which only a preview may be seen. */
export function Masked({ kind, id, field, label, preview: given }: MarkProps & { preview: string }) {
  const { t } = useText()
  const claim = useUntilClaimed(field)
  // The preview of nothing is empty.
  const preview = given || t('app.empty')
  // Looking as somebody else one meets values that they see and oneself does not.
  const covered = viewedPerson() !== undefined && given === '••••'
  const title = t(covered ? 'view.coveredTitle' : 'why.titleMasked', { field: label })
  return (
    <Popover
      wide
      label={title}
      trigger={(props) => (
        <button type="button" className={covered ? 'masked covered' : 'masked'} {...props}>
          <span className="preview" aria-hidden="true">
            {preview}
          </span>
          <Icon name="why" />
          <span className="sr-only">
            {covered ? t('view.coveredText', { field: label }) : t('mask.maskedText', { field: label, preview })} {t('mask.why')}
          </span>
        </button>
      )}
    >
      {covered && <p className="covered-note">{t('view.covered')}</p>}
      {claim && <p className="covered-note">{t('mask.untilClaimedText')}</p>}
      <Why question={{ kind, id, action: 'read', field }} title={title} />
    </Popover>
  )
}

/** A field that is there, and not for this reader. */
export function Hidden({ kind, id, field, label, short }: MarkProps & { short?: boolean }) {
  const { t } = useText()
  const claim = useUntilClaimed(field)
  const title = t('why.titleHidden', { field: label })
  return (
    <Popover
      wide
      label={title}
      trigger={(props) => (
        <button type="button" className="hidden-mark" {...props}>
          <Icon name="lock" />
          {!short && <span aria-hidden="true">{t(claim ? 'mask.untilClaimed' : 'mask.hidden')}</span>}
          <span className="sr-only">
            {t('mask.hiddenText', { field: label })} {claim && t('mask.untilClaimedText')} {t('mask.why')}
          </span>
        </button>
      )}
    >
      {claim && <p className="covered-note">{t('mask.untilClaimedText')}</p>}
      <Why question={{ kind, id, action: 'read', field }} title={title} />
    </Popover>
  )
}

interface GuardedProps {
  question: Question
  allowed: boolean
  /** The word of the action, as its button says it. */
  label: string
  children: ReactNode
}

/** A button that is there when the action is allowed; disabled, with its reason, when not. */
export function Guarded({ question, allowed, label, children }: GuardedProps) {
  const { t } = useText()
  if (allowed) return children
  return (
    <span className="btn-pair">
      <button type="button" className="btn" aria-disabled="true" disabled>
        <Icon name="lock" />
        {label}
      </button>
      <Popover
        wide
        label={t('why.titleAction', { action: label })}
        trigger={(props) => (
          <button type="button" className="why-btn" aria-label={t('mask.whyAction', { action: label })} {...props}>
            <Icon name="why" />
          </button>
        )}
      >
        <Why question={question} title={t('why.titleAction', { action: label })} />
      </Popover>
    </span>
  )
}
