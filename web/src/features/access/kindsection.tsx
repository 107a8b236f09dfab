import { useState } from 'react'
import type { AccessWay, KindAccess } from '@/api/grants'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'

const sources = ['pack', 'sharing', 'guard', 'grant', 'sandbox', 'pool'] as const
const clauses = ['position', 'unit', 'person', 'everyone'] as const

/** What somebody holds of one kind, rule by rule. */
export function KindSection({ kind, now }: { kind: KindAccess; now: number }) {
  const { t, pick, format } = useText()
  const [open, setOpen] = useState(false)
  const opening = kind.ways.filter((way) => way.effect === 'permit')
  const limits = kind.ways.filter((way) => way.effect !== 'permit')
  return (
    <section className="access-kind">
      <h3>
        <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} />
          {pick(kind.label)}
          <span className="muted">{t('access.ways', { count: kind.ways.length, n: format.number(kind.ways.length) })}</span>
        </button>
      </h3>
      {open && (
        <>
          <ul className="access-ways">
            {opening.map((way) => (
              <Way key={way.rule} way={way} now={now} />
            ))}
          </ul>
          {limits.length > 0 && (
            <>
              <h4>{t('access.limits')}</h4>
              <ul className="access-ways">
                {limits.map((way) => (
                  <Way key={way.rule} way={way} now={now} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  )
}

function Way({ way, now }: { way: AccessWay; now: number }) {
  const { t, pick, format } = useText()
  const source = sources.find((one) => one === way.origin.type) ?? 'other'
  return (
    <li>
      <p><Said text={pick(way.sentence)} /></p>
      <p className="access-whence muted">
        <span className="tag">
          {t(`access.source.${source}`)}
          {pick(way.from) && `: ${pick(way.from)}`}
        </span>
        {way.holds.map((held) => {
          const by = clauses.find((one) => one === held.type)
          return by && <span key={`${held.type} ${held.label.zh}`}>{by === 'everyone' ? t('access.by.everyone') : `${t(`access.by.${by}`)}: ${pick(held.label)}`}</span>
        })}
        <span>{way.until ? t('access.until', { time: format.moment(way.until) }) : t('access.always')}</span>
        <Ending until={way.until} now={now} />
      </p>
    </li>
  )
}
