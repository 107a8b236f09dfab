import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { MassResult } from '@/api/mass'
import type { Asked } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { AskSent } from '@/permission/askparts'
import { Icon } from '@/ui/icons'

interface Props {
  looked: MassResult
  purpose: string
  onPurpose: (purpose: string) => void
}

/** Some of the records wait for approval: the whole change can be asked for at once. */
export function MassAsk({ looked, purpose, onPurpose }: Props) {
  const { t, format } = useText()
  const id = useId()
  const held = looked.held ?? 0
  return (
    <section className="mass-ask" aria-label={t('lists.mass.ask.title')}>
      <p className="note">
        <Icon name="shield" />
        {t(looked.will > 0 ? 'lists.mass.ask.some' : 'lists.mass.ask.all', { n: format.number(held), all: format.number(looked.will + held) })}
      </p>
      <label htmlFor={id}>{t('ask.purpose')}</label>
      <input id={id} className="input" value={purpose} maxLength={500} onChange={(event) => onPurpose(event.target.value)} />
    </section>
  )
}

/** It was asked for, and where to follow it. */
export function MassAsked({ made }: { made: Asked }) {
  const { t } = useText()
  return (
    <>
      <AskSent made={made} />
      <p>
        <Link to={'/requests' as '/'} search={{ scope: 'mine', id: made.id } as never}>
          {t('ask.look')}
        </Link>
      </p>
    </>
  )
}
