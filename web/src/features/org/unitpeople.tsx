import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useUnitAppointments } from '@/api/company'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { AppointmentBar } from './appointmentbar'

/** Who is appointed to a unit, in which position, from when until when. */
export function UnitPeople({ unit, onPerson }: { unit: string; onPerson: (id: string) => void }) {
  const { t, pick, format } = useText()
  const found = useUnitAppointments(unit)
  const [now] = useState(() => Date.now())
  const scroller = useRef<HTMLDivElement>(null)
  const list = (found.data?.items ?? []).filter((a) => a.state !== 'ended')
  // The virtualizer keeps its own state and asks for a render itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 10,
    useFlushSync: false,
  })
  if (found.isPending) return <BoneRows rows={4} />
  if (!found.data || hasFailed(found)) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  return (
    <section className="unit-people" aria-label={t('company.people.title')}>
      <h3>
        {t('company.people.title')} <span className="muted num">{format.number(list.length)}</span>
      </h3>
      {list.length === 0 && <p className="muted">{t('company.people.none')}</p>}
      <div ref={scroller} className="people-list" tabIndex={list.length > 8 ? 0 : undefined} role="list" aria-label={t('company.people.title')}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const a = list[item.index]
            if (!a) return null
            return (
              <div key={a.id} role="listitem" className="people-line" style={{ transform: `translateY(${item.start}px)` }}>
                <button type="button" className="o-link" onClick={() => onPerson(a.person.id)}>
                  {a.person.name}
                </button>
                <span>{pick(a.position.label)}</span>
                <AppointmentBar from={a.from} until={a.until} now={now} />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}
