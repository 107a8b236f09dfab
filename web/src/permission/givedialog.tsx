import { useId, useState } from 'react'
import type { Named } from '@/api/beneath'
import { type Grant, type NewGrant, useGive, usePlanGrant } from '@/api/grants'
import { useKinds } from '@/api/kinds'
import type { FieldClass, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { momentsOf, type Window } from './grantwindow'
import { PersonPicker } from './personpicker'
import { useProblemText } from './problemtext'
import { WindowFields } from './windowfields'
import './give.css'

export interface GiveProps {
  kind: Kind
  /** The records by id, or what a list shows. */
  chosen: { ids?: string[]; match?: { filter?: string; q?: string } }
  count: number
  /** The grant that is given on: it bounds what can be chosen. */
  parent?: Grant
  onClose: (given: boolean) => void
}

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']
const actions = ['read', 'edit', 'export'] as const

/** Gives somebody access for a time: first what it would be, in a sentence, then the access. */
export default function GiveDialog({ kind, chosen, count, parent, onClose }: GiveProps) {
  const { t, pick, format } = useText()
  const id = useId()
  const [person, setPerson] = useState<Named>()
  const [does, setDoes] = useState<string[]>(['read'])
  const [fields, setFields] = useState<FieldClass[]>(['general'])
  const [window, setWindow] = useState<Window>({ span: 'today', from: '', until: '' })
  const [purpose, setPurpose] = useState('')
  const [more, setMore] = useState({ once: false, on: false, moving: false })
  const [along, setAlong] = useState<string[]>([])
  const kinds = useKinds()
  const [lack, setLack] = useState<string>()
  const [asked, setAsked] = useState<NewGrant>()
  const plan = usePlanGrant()
  const give = useGive()
  const problem = useProblemText()
  const one = chosen.ids?.length === 1
  // Only of what some rule shows the giver anything can be given; how much, the plan says.
  const mine = classes.filter((name) => kind.fields.some((field) => field.class === name && field.level !== 'hidden'))
  const may = actions.filter((name) => (parent ? parent.actions.includes(name) : name !== 'export' || kind.can.includes('export')))
  // Of what belongs to named records, what the giver may see can go along.
  const belonging = chosen.ids && !parent && !more.once ? kind.relations.filter((r) => r.many && kinds.data?.some((other) => other.name === r.kind)) : []
  const toggle = <One,>(list: One[], name: One, on: boolean) => (on ? [...list, name] : list.filter((x) => x !== name))

  const ask = () => {
    const moments = momentsOf(window, new Date())
    const edits = does.includes('edit') && !more.once
    const missing = !person
      ? t('access.give.lack.person')
      : fields.length === 0 && !parent
        ? t('access.give.lack.fields')
        : !moments
          ? t('access.give.lack.until')
          : purpose.trim() === ''
            ? t('access.give.lack.purpose')
            : undefined
    setLack(missing)
    if (missing || !person || !moments) return
    // What is given on ends with what it was given on from, at the latest.
    const until = parent && moments.until > parent.until ? parent.until : moments.until
    const grant: NewGrant = {
      receiver: person.id,
      kind: kind.name,
      ...(parent?.when ? { when: parent.when } : chosen.match ? { choose: { ...chosen.match, moving: more.moving } } : { records: chosen.ids }),
      actions: more.once ? ['read'] : does,
      fields: parent ? parent.fields.map((field) => ({ ...field, edit: field.edit === true && edits })) : fields.map((name) => ({ class: name, level: 'plain', edit: edits })),
      ...moments,
      until,
      purpose: purpose.trim(),
      ...(more.once ? { once: true } : {}),
      ...(more.on && !more.once ? { give_on: true } : {}),
      ...(parent ? { parent: parent.id } : {}),
      ...(belonging.length > 0 && along.length > 0 ? { along } : {}),
    }
    plan.mutate(grant, { onSuccess: () => setAsked(grant) })
  }
  const done = () => {
    if (!asked) return
    give.mutate(asked, {
      onSuccess: (made) => {
        toast(t('access.give.done', { person: made.receiver.name }))
        onClose(true)
      },
    })
  }
  const fault = lack ?? (plan.error ? problem(plan.error) : give.error ? problem(give.error) : undefined)

  return (
    <Dialog
      wide
      title={t('access.give.title', { kind: pick(kind.label), count, n: format.number(count) })}
      onCancel={() => onClose(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => (asked ? setAsked(undefined) : onClose(false))}>
            {t(asked ? 'access.give.back' : 'app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={plan.isPending || give.isPending} onClick={asked ? done : ask}>
            {t(asked ? 'access.give.give' : 'access.give.look')}
          </button>
        </>
      }
    >
      {asked && plan.data ? (
        <div className="give-plan" role="status">
          <p className="give-sentence">{pick(plan.data.sentence)}</p>
          <p>
            {format.moment(plan.data.from)} – {format.moment(plan.data.until)}
          </p>
          {plan.data.records > 0 && <p className="muted">{t('access.give.named', { count: plan.data.records, n: format.number(plan.data.records) })}</p>}
          {plan.data.records === 0 && <p className="muted">{t('access.give.moves')}</p>}
          {plan.data.along.length > 0 && <p className="muted">{t('access.give.alongPlan', { what: plan.data.along.map((one) => pick(one.label)).join(t('access.give.comma')) })}</p>}
          {plan.data.less && <p className="muted">{t('access.give.less')}</p>}
        </div>
      ) : (
        <div className="give-form">
          <PersonPicker person={person} onPerson={setPerson} label={t('access.give.person')} hint={t('access.give.search')} />
          <fieldset>
            <legend>{t('access.give.actions')}</legend>
            <div className="give-choices">
              {may.map((name) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    checked={more.once ? name === 'read' : does.includes(name)}
                    disabled={name === 'read' || more.once}
                    onChange={(event) => setDoes(toggle(does, name, event.target.checked))}
                  />
                  {t(`actions.${name}`)}
                </label>
              ))}
            </div>
          </fieldset>
          {!parent && (
            <fieldset>
              <legend>{t('access.give.fields')}</legend>
              <div className="give-choices">
                {mine.map((name) => (
                  <label key={name}>
                    <input type="checkbox" checked={fields.includes(name)} onChange={(event) => setFields(toggle(fields, name, event.target.checked))} />
                    {t(`classes.${name}`)}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {belonging.length > 0 && (
            <fieldset>
              <legend>{t('access.give.along')}</legend>
              <div className="give-choices">
                {belonging.map((relation) => (
                  <label key={relation.name}>
                    <input type="checkbox" checked={along.includes(relation.name)} onChange={(event) => setAlong(toggle(along, relation.name, event.target.checked))} />
                    {pick(relation.label)}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {chosen.match && !parent && (
            <fieldset>
              <legend>{t('access.give.which')}</legend>
              {[false, true].map((moving) => (
                <label key={String(moving)}>
                  <input
                    type="radio"
                    name={`${id}-which`}
                    checked={more.moving === moving}
                    disabled={moving && (!chosen.match?.filter || !!chosen.match.q)}
                    onChange={() => setMore({ ...more, moving })}
                  />
                  {t(moving ? 'access.give.moving' : 'access.give.fixed')}
                </label>
              ))}
            </fieldset>
          )}
          <WindowFields window={window} onWindow={setWindow} />
          <label htmlFor={`${id}-purpose`}>{t('access.give.purpose')}</label>
          <input id={`${id}-purpose`} className="input" maxLength={500} value={purpose} placeholder={t('access.give.purposeHint')} onChange={(event) => setPurpose(event.target.value)} />
          {one && (
            <label className="give-more">
              <input type="checkbox" checked={more.once} onChange={(event) => setMore({ ...more, once: event.target.checked })} />
              {t('access.give.once')}
            </label>
          )}
          {!more.once && (
            <label className="give-more">
              <input type="checkbox" checked={more.on} onChange={(event) => setMore({ ...more, on: event.target.checked })} />
              {t('access.give.on')}
            </label>
          )}
        </div>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
    </Dialog>
  )
}
