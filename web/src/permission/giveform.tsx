import { type Dispatch, type SetStateAction, useId } from 'react'
import type { Grant, NewGrant } from '@/api/grants'
import { useKinds } from '@/api/kinds'
import type { FieldClass, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Along, toggled } from './along'
import { momentsOf, type Window } from './grantwindow'
import { Which } from './which'
import { WindowFields } from './windowfields'

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']
const actions = ['read', 'edit', 'export'] as const

/** What is given, and for how long. */
export interface GiveDraft {
  does: string[]
  fields: FieldClass[]
  window: Window
  purpose: string
  once: boolean
  on: boolean
  moving: boolean
  along: string[]
}

export const noGift: GiveDraft = {
  does: ['read'],
  fields: ['general'],
  window: { span: 'today', from: '', until: '' },
  purpose: '',
  once: false,
  on: false,
  moving: false,
  along: [],
}

/** The records by id, or what a list shows. */
export interface Chosen {
  ids?: string[]
  match?: { filter?: string; q?: string }
}

/** What is missing of a draft, as a key of texts; undefined when nothing is. */
export function lackOf(draft: GiveDraft, parent: Grant | undefined) {
  if (draft.fields.length === 0 && !parent) return 'access.give.lack.fields' as const
  if (!momentsOf(draft.window, new Date())) return 'access.give.lack.until' as const
  return draft.purpose.trim() === '' ? ('access.give.lack.purpose' as const) : undefined
}

/** The grant as the server takes it. */
export function grantOf(kind: Kind, chosen: Chosen, receiver: string, draft: GiveDraft, parent: Grant | undefined): NewGrant | undefined {
  const moments = momentsOf(draft.window, new Date())
  if (!moments) return undefined
  const edits = draft.does.includes('edit') && !draft.once
  return {
    receiver,
    kind: kind.name,
    ...(parent?.when ? { when: parent.when } : chosen.match ? { choose: { ...chosen.match, moving: draft.moving } } : { records: chosen.ids }),
    actions: draft.once ? ['read'] : draft.does,
    fields: parent ? parent.fields.map((field) => ({ ...field, edit: field.edit === true && edits })) : draft.fields.map((name) => ({ class: name, level: 'plain', edit: edits })),
    ...moments,
    // What is given on ends with what it was given on from, at the latest.
    until: parent && moments.until > parent.until ? parent.until : moments.until,
    purpose: draft.purpose.trim(),
    ...(draft.once ? { once: true } : {}),
    ...(draft.on && !draft.once ? { give_on: true } : {}),
    ...(parent ? { parent: parent.id } : {}),
    ...(goesAlong(chosen, parent, draft) && draft.along.length > 0 ? { along: draft.along } : {}),
  }
}

/** Only what belongs to named records goes along with them. */
const goesAlong = (chosen: Chosen, parent: Grant | undefined, draft: GiveDraft) => chosen.ids !== undefined && !parent && !draft.once

interface Props {
  kind: Kind
  chosen: Chosen
  /** The grant that is given on: it bounds what can be chosen. */
  parent?: Grant | undefined
  draft: GiveDraft
  onDraft: Dispatch<SetStateAction<GiveDraft>>
}

/** Chooses what is given: actions, fields, what goes along, from when until when, and what for. */
export function GiveForm({ kind, chosen, parent, draft, onDraft }: Props) {
  const { t } = useText()
  const id = useId()
  const kinds = useKinds()
  const change = (some: Partial<GiveDraft>) => onDraft((old) => ({ ...old, ...some }))
  // Only of what some rule shows the giver anything can be given; how much, the plan says.
  const mine = classes.filter((name) => kind.fields.some((field) => field.class === name && field.level !== 'hidden'))
  const may = actions.filter((name) => (parent ? parent.actions.includes(name) : name !== 'export' || kind.can.includes('export')))
  return (
    <>
      <fieldset>
        <legend>{t('access.give.actions')}</legend>
        <div className="give-choices">
          {may.map((name) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={draft.once ? name === 'read' : draft.does.includes(name)}
                disabled={name === 'read' || draft.once}
                onChange={(event) => change({ does: toggled(draft.does, name, event.target.checked) })}
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
                <input type="checkbox" checked={draft.fields.includes(name)} onChange={(event) => change({ fields: toggled(draft.fields, name, event.target.checked) })} />
                {t(`classes.${name}`)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {goesAlong(chosen, parent, draft) && <Along kind={kind} kinds={kinds.data ?? []} along={draft.along} onAlong={(along) => change({ along })} />}
      {chosen.match && !parent && <Which match={chosen.match} moving={draft.moving} onMoving={(moving) => change({ moving })} />}
      <WindowFields window={draft.window} onWindow={(window) => change({ window })} />
      <label htmlFor={`${id}-purpose`}>{t('access.give.purpose')}</label>
      <input id={`${id}-purpose`} className="input" maxLength={500} value={draft.purpose} placeholder={t('access.give.purposeHint')} onChange={(event) => change({ purpose: event.target.value })} />
      {chosen.ids?.length === 1 && (
        <label className="give-more">
          <input type="checkbox" checked={draft.once} onChange={(event) => change({ once: event.target.checked })} />
          {t('access.give.once')}
        </label>
      )}
      {!draft.once && (
        <label className="give-more">
          <input type="checkbox" checked={draft.on} onChange={(event) => change({ on: event.target.checked })} />
          {t('access.give.on')}
        </label>
      )}
    </>
  )
}
