import { useId } from 'react'
import { usePacks } from '@/api/packs'
import { usePositions } from '@/api/company'
import type { Source, SourceType, Step } from '@/api/requests'
import { PersonPicker } from '@/permission/personpicker'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const types: SourceType[] = ['head', 'head_above', 'owner_head', 'position', 'pack', 'person']
const most = 5

interface Props {
  step: Step
  number: number
  nameOf: (person: string | undefined) => string
  onStep: (step: Step) => void
  onRemove?: () => void
}

/** One step: who decides it, whether one of them or one of each, and how soon. */
export function ChainStep({ step, number, nameOf, onStep, onRemove }: Props) {
  const { t } = useText()
  const id = useId()
  const put = (i: number, by: Source | undefined) => onStep({ ...step, by: step.by.flatMap((b, j) => (j === i ? (by ?? []) : b)) })
  return (
    <li className="chain-step">
      <header>
        <strong>{t('requests.chains.step', { n: number })}</strong>
        {onRemove && (
          <button type="button" className="quiet icon-only" aria-label={t('requests.chains.remove', { n: number })} onClick={onRemove}>
            <Icon name="trash" />
          </button>
        )}
      </header>
      {step.by.map((by, i) => (
        <SourceRow key={i} by={by} name={nameOf(by.person)} onBy={(next) => put(i, next)} onRemove={step.by.length > 1 ? () => put(i, undefined) : undefined} />
      ))}
      {step.by.length < most && (
        <div>
          <button type="button" className="btn" onClick={() => onStep({ ...step, by: [...step.by, { type: 'head' }] })}>
            <Icon name="plus" />
            {t('requests.chains.also')}
          </button>
        </div>
      )}
      {step.by.length > 1 && (
        <label className="chain-time">
          {t('requests.chains.needs')}
          <select className="input" value={step.all ? 'all' : 'any'} onChange={(event) => onStep({ ...step, all: event.target.value === 'all' })}>
            <option value="any">{t('requests.chains.any')}</option>
            <option value="all">{t('requests.chains.all')}</option>
          </select>
        </label>
      )}
      <label className="chain-time" htmlFor={id}>
        {t('requests.chains.hours')}
        <input id={id} type="number" className="input" min={1} max={720} value={step.hours} onChange={(event) => onStep({ ...step, hours: Math.round(Number(event.target.value)) })} />
        <span className="muted">{t('requests.chains.then')}</span>
      </label>
    </li>
  )
}

function SourceRow({ by, name, onBy, onRemove }: { by: Source; name: string; onBy: (by: Source) => void; onRemove?: () => void }) {
  const { t, pick } = useText()
  const positions = usePositions()
  const packs = usePacks()
  return (
    <div className="chain-source">
      <select className="input" aria-label={t('requests.chains.who')} value={by.type} onChange={(event) => onBy({ type: types.find((x) => x === event.target.value) ?? 'head' })}>
        {types.map((type) => (
          <option key={type} value={type}>
            {t(`requests.chains.types.${type}`)}
          </option>
        ))}
      </select>
      {by.type === 'position' && (
        <select className="input" aria-label={t('requests.chains.types.position')} value={by.position ?? ''} onChange={(event) => onBy({ type: 'position', position: event.target.value })}>
          <option value="" disabled>
            {t('requests.chains.choose')}
          </option>
          {positions.data?.items.map((p) => (
            <option key={p.code} value={p.code}>
              {pick(p.label)}
            </option>
          ))}
        </select>
      )}
      {by.type === 'pack' && (
        <select className="input" aria-label={t('requests.chains.types.pack')} value={by.pack ?? ''} onChange={(event) => onBy({ type: 'pack', pack: event.target.value })}>
          <option value="" disabled>
            {t('requests.chains.choose')}
          </option>
          {packs.data?.items.map((p) => (
            <option key={p.id} value={p.id}>
              {pick(p.label)}
            </option>
          ))}
        </select>
      )}
      {by.type === 'person' && <Person by={by} name={name} onBy={onBy} />}
      {onRemove && (
        <button type="button" className="quiet icon-only" aria-label={t('requests.chains.removeWho')} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}

function Person({ by, name, onBy }: { by: Source; name: string; onBy: (by: Source) => void }) {
  const { t } = useText()
  return (
    <PersonPicker
      quiet
      labelled
      label={t('requests.chains.types.person')}
      hint={t('requests.chains.find')}
      person={by.person ? { id: by.person, name: name || (names.get(by.person) ?? '') } : undefined}
      onPerson={(person) => {
        if (person) names.set(person.id, person.name)
        onBy({ type: 'person', person: person?.id })
      }}
    />
  )
}

/** The names of those who were chosen here: what is sent holds ids alone. */
const names = new Map<string, string>()
