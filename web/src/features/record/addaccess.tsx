import { useId, useState } from 'react'
import { type Named, useAddToTeam, useGiveAccess } from '@/api/beneath'
import { usePeople } from '@/api/colleagues'
import type { FieldClass, Item, Kind } from '@/api/types'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { fieldState } from '@/permission/access'
import { Dialog } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

type Way = 'team' | 'view' | 'edit'

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

/** Brings a colleague onto a record: by the rules for collaborators, or with exactly what is chosen. */
export function AddAccess({ kind, item, onClose }: { kind: Kind; item: Item; onClose: () => void }) {
  const { t } = useText()
  const id = useId()
  const [person, setPerson] = useState<Named>()
  const [way, setWay] = useState<Way>('team')
  const [fields, setFields] = useState<FieldClass[]>(['general'])
  const [until, setUntil] = useState('')
  const [purpose, setPurpose] = useState('')
  const [fault, setFault] = useState<string>()
  const join = useAddToTeam(kind.name, item.id)
  const give = useGiveAccess(kind.name, item.id)
  const problem = useRecordProblem()
  // Only what one sees oneself can be given.
  const mine = classes.filter((c) => kind.fields.some((f) => f.class === c && fieldState(item, f.name).is === 'plain'))

  const save = () => {
    const end = until ? new Date(`${until}T23:59:59`).toISOString() : undefined
    const lack = !person
      ? t('record.access.personNeeded')
      : way === 'team'
        ? undefined
        : fields.length === 0
          ? t('record.access.fieldsNeeded')
          : !end
            ? t('record.access.untilNeeded')
            : purpose.trim() === ''
              ? t('record.access.purposeNeeded')
              : undefined
    setFault(lack)
    if (lack || !person) return
    const said = {
      onSuccess: () => {
        toast(t(way === 'team' ? 'record.access.added' : 'record.access.given', { person: person.name }))
        onClose()
      },
      onError: (error: unknown) => setFault(problem(error)),
    }
    if (way === 'team') join.mutate({ person: person.id, ...(end ? { until: end } : {}) }, said)
    else {
      give.mutate(
        {
          receiver: person.id,
          kind: kind.name,
          records: [item.id],
          actions: way === 'edit' ? ['read', 'edit'] : ['read'],
          fields: fields.map((name) => ({ class: name, level: 'plain', edit: way === 'edit' })),
          until: end ?? '',
          purpose: purpose.trim(),
        },
        said,
      )
    }
  }

  return (
    <Dialog
      wide
      title={t('record.access.add')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={join.isPending || give.isPending} onClick={save}>
            {t('record.access.save')}
          </button>
        </>
      }
    >
      <div className="access-form">
        <PersonPicker person={person} onPerson={setPerson} />
        <fieldset>
          <legend>{t('record.access.way')}</legend>
          {(['team', 'view', 'edit'] as const).map((one) => (
            <label key={one} className="radio">
              <input type="radio" name={`${id}-way`} checked={way === one} onChange={() => setWay(one)} />
              {t(`record.access.${one}`)}
            </label>
          ))}
          {way === 'team' && <p className="muted">{t('record.access.teamHint')}</p>}
        </fieldset>
        {way !== 'team' && (
          <fieldset>
            <legend>{t('record.access.fields')}</legend>
            <div className="access-classes">
              {mine.map((name) => (
                <label key={name} className="radio">
                  <input
                    type="checkbox"
                    checked={fields.includes(name)}
                    onChange={(event) => setFields(event.target.checked ? [...fields, name] : fields.filter((c) => c !== name))}
                  />
                  {t(`classes.${name}`)}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <label htmlFor={`${id}-until`}>{t('record.access.untilLabel')}</label>
        <input id={`${id}-until`} type="date" className="input" value={until} onChange={(event) => setUntil(event.target.value)} />
        {way === 'team' ? (
          <p className="muted">{t('record.access.untilOpen')}</p>
        ) : (
          <>
            <label htmlFor={`${id}-purpose`}>{t('record.access.purpose')}</label>
            <input
              id={`${id}-purpose`}
              className="input"
              maxLength={500}
              value={purpose}
              placeholder={t('record.access.purposeHint')}
              onChange={(event) => setPurpose(event.target.value)}
            />
          </>
        )}
        {fault && (
          <p className="form-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
    </Dialog>
  )
}

export function PersonPicker({ person, onPerson, label }: { person?: Named; onPerson: (person: Named | undefined) => void; label?: string }) {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState('')
  const found = usePeople(useDebounced(text, 150))
  const offered = person ? [] : (found.data ?? [])
  return (
    <>
      <label htmlFor={id}>{label ?? t('record.access.person')}</label>
      <div className="mention">
        <input
          id={id}
          className="input"
          autoFocus
          autoComplete="off"
          value={person?.name ?? text}
          placeholder={t('record.access.search')}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          onChange={(event) => {
            onPerson(undefined)
            setText(event.target.value)
          }}
          onKeyDown={(event) => {
            const first = offered[0]
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && first) {
              event.preventDefault()
              onPerson({ id: first.id, name: first.title })
            }
          }}
        />
        {offered.length > 0 && (
          <ul id={`${id}-list`} className="mention-list" role="listbox" aria-label={t('record.access.person')}>
            {offered.map((one) => (
              <li
                key={one.id}
                role="option"
                aria-selected="false"
                onPointerDown={(event) => {
                  event.preventDefault()
                  onPerson({ id: one.id, name: one.title })
                }}
              >
                {one.title}
                {one.subtitle && <span className="muted"> {one.subtitle}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
