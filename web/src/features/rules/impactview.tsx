import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Counts, KindImpact, PersonImpact } from '@/api/policytypes'
import { useRecordTitle } from '@/api/records'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { useImpact, type Work } from './useimpact'

interface Props {
  id: string
  version: number
  kinds: RuleKind[]
}

/** 影响: exactly who gains and loses what, worked out when asked for. */
export function ImpactView({ id, version, kinds }: Props) {
  const { t, format } = useText()
  const { work, old, run, stop } = useImpact(id, version)
  const busy = work.state === 'running'
  return (
    <section id="impact" className="draft-part" aria-labelledby="impact-title">
      <div className="part-head">
        <h2 id="impact-title">{t('rules.impact.title')}</h2>
        {busy ? (
          <button type="button" className="btn" onClick={stop}>
            {t('app.cancel')}
          </button>
        ) : (
          <button type="button" className="btn" onClick={() => void run()}>
            {t(work.state === 'idle' ? 'rules.impact.run' : 'rules.impact.again')}
          </button>
        )}
      </div>
      {work.state === 'idle' && <p className="muted">{t('rules.impact.hint')}</p>}
      {busy && (
        <div className="impact-progress">
          <progress max={Math.max(1, work.affected)} value={work.affected === 0 ? undefined : work.seen} aria-label={t('rules.impact.title')} />
          <span role="status">{t('rules.impact.progress', { done: format.integer(work.seen), all: format.integer(work.affected) })}</span>
        </div>
      )}
      {work.state === 'stopped' && <p className="note warn">{t('rules.impact.stopped', { done: format.integer(work.seen), all: format.integer(work.affected) })}</p>}
      {work.state === 'failed' && <Failure error={work.error} onRetry={() => void run()} />}
      {old && <p className="note warn">{t('rules.impact.old')}</p>}
      {work.state !== 'idle' && work.state !== 'failed' && (work.people.length > 0 || work.state === 'done') && <Result work={work} kinds={kinds} />}
    </section>
  )
}

function Result({ work, kinds }: { work: Work; kinds: RuleKind[] }) {
  const { t, format } = useText()
  const [by, setBy] = useState<'person' | 'unit'>('person')
  if (work.people.length === 0) return <p className="note good">{t('rules.impact.nobody')}</p>
  return (
    <div className="impact">
      <p className="impact-total">
        <strong>{t('rules.impact.total', { count: work.totals.people, n: format.integer(work.totals.people) })}</strong>
        <Sums gained={work.totals.gained} lost={work.totals.lost} more={work.totals.more} less={work.totals.less} />
      </p>
      <div className="segments" role="group" aria-label={t('rules.impact.by')}>
        {(['person', 'unit'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={by === one} onClick={() => setBy(one)}>
            {t(`rules.impact.bys.${one}`)}
          </button>
        ))}
      </div>
      {by === 'unit' ? (
        <ul className="impact-list">
          {work.units.map((u) => (
            <li key={u.unit.id} className="impact-line">
              <span>{u.unit.name}</span>
              <span className="muted">{t('rules.impact.people', { count: u.people })}</span>
              <Sums gained={u.gained} lost={u.lost} />
            </li>
          ))}
        </ul>
      ) : (
        <People people={work.people} kinds={kinds} />
      )}
    </div>
  )
}

function People({ people, kinds }: { people: PersonImpact[]; kinds: RuleKind[] }) {
  const { t } = useText()
  const [shown, setShown] = useState(50)
  return (
    <>
      <ul className="impact-list">
        {people.slice(0, shown).map((p) => (
          <PersonLine key={p.person.id} person={p} kinds={kinds} />
        ))}
      </ul>
      {people.length > shown && (
        <button type="button" className="btn" onClick={() => setShown(shown + 200)}>
          {t('rules.impact.showMore', { count: people.length - shown })}
        </button>
      )}
    </>
  )
}

const total = (kinds: KindImpact[], part: 'gained' | 'lost' | 'more' | 'less'): Counts => {
  const sum: Counts = {}
  for (const kind of kinds) for (const [key, n] of Object.entries(kind[part])) sum[key] = (sum[key] ?? 0) + n
  return sum
}

function PersonLine({ person, kinds }: { person: PersonImpact; kinds: RuleKind[] }) {
  const { t, pick } = useText()
  const [open, setOpen] = useState(false)
  const system = kinds.find((k) => k.name === 'system')
  const right = (code: string) => {
    const action = system?.actions.find((a) => a.code === code)
    return action ? pick(action.label) : code
  }
  return (
    <li>
      <button type="button" className="impact-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} />
        <span>{person.person.name}</span>
        {person.unit && <span className="muted">{person.unit.name}</span>}
        <Sums gained={total(person.kinds, 'gained')} lost={total(person.kinds, 'lost')} more={total(person.kinds, 'more')} less={total(person.kinds, 'less')} />
      </button>
      {open && (
        <div className="impact-detail">
          {person.rights?.gained.map((code) => <p key={code} className="gain">+ {right(code)}</p>)}
          {person.rights?.lost.map((code) => <p key={code} className="loss">− {right(code)}</p>)}
          {person.kinds.map((k) => (
            <KindLine key={k.kind} impact={k} kind={kinds.find((one) => one.name === k.kind)} />
          ))}
          {person.kinds.length === 0 && !person.rights && <p className="muted">{t('rules.impact.nothing')}</p>}
        </div>
      )}
    </li>
  )
}

function KindLine({ impact, kind }: { impact: KindImpact; kind: RuleKind | undefined }) {
  const { t, pick } = useText()
  const fields = (counts: Counts) =>
    Object.entries(counts)
      .map(([name, n]) => {
        const field = kind?.fields.find((f) => f.name === name)
        return t('rules.impact.fieldCount', { field: field ? pick(field.label) : name, n })
      })
      .join(t('rules.comma'))
  return (
    <div className="impact-kind">
      <p>
        <strong>{kind ? pick(kind.label) : impact.kind}</strong> <Sums gained={impact.gained} lost={impact.lost} />
        {impact.create && <span className={impact.create === 'gained' ? 'gain' : 'loss'}>{t(`rules.impact.create.${impact.create}`)}</span>}
      </p>
      {Object.keys(impact.more).length > 0 && <p className="gain">{t('rules.impact.more', { fields: fields(impact.more) })}</p>}
      {Object.keys(impact.less).length > 0 && <p className="loss">{t('rules.impact.less', { fields: fields(impact.less) })}</p>}
      {impact.samples.length > 0 ? (
        <ul className="samples" aria-label={t('rules.impact.samples')}>
          {impact.samples.map((s) => (
            <li key={s.id}>
              <Sample kind={impact.kind} id={s.id} />
              <span className={s.lost || s.less ? 'loss' : 'gain'}>{s.lost || s.less ? '−' : '+'}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('rules.impact.noSamples')}</p>
      )}
    </div>
  )
}

function Sample({ kind, id }: { kind: string; id: string }) {
  const title = useRecordTitle(kind, id)
  return (
    <Link to="/records/$kind/$id" params={{ kind, id }}>
      {title ?? `#${id}`}
    </Link>
  )
}

/** Counts in words, with a sign and not by colour alone. */
function Sums({ gained, lost, more = {}, less = {} }: { gained: Counts; lost: Counts; more?: Counts; less?: Counts }) {
  const { t, format } = useText()
  const actions = ['read', 'create', 'edit', 'delete', 'export', 'reveal'] as const
  const name = (code: string) => {
    const known = actions.find((a) => a === code)
    return known ? t(`actions.${known}`) : code
  }
  const fields = (counts: Counts) => Object.keys(counts).length
  return (
    <span className="sums">
      {Object.entries(gained).map(([code, n]) => (
        <span key={`g${code}`} className="gain">
          + {t('rules.impact.gain', { action: name(code), n: format.integer(n) })}
        </span>
      ))}
      {Object.entries(lost).map(([code, n]) => (
        <span key={`l${code}`} className="loss">
          − {t('rules.impact.loss', { action: name(code), n: format.integer(n) })}
        </span>
      ))}
      {fields(more) > 0 && <span className="gain">+ {t('rules.impact.moreFields', { count: fields(more) })}</span>}
      {fields(less) > 0 && <span className="loss">− {t('rules.impact.lessFields', { count: fields(less) })}</span>}
    </span>
  )
}
