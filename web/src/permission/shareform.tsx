import { useKinds } from '@/api/kinds'
import type { NewShare } from '@/api/sandboxes'
import type { FieldClass, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Along, toggled } from './along'
import { Which } from './which'
import './give.css'

/** What of some records is put into a sandbox. */
export interface ShareDraft {
  edit: boolean
  fields: FieldClass[]
  moving: boolean
  stages: string[]
  along: string[]
}

export const noShare: ShareDraft = { edit: false, fields: ['general'], moving: false, stages: [], along: [] }

export interface ShareChoice {
  ids?: string[]
  match?: { filter?: string; q?: string }
}

/** What belongs to named records goes along with them, whatever stage they are in. */
const goesAlong = (chosen: ShareChoice, draft: ShareDraft) => !chosen.match && draft.stages.length === 0

/** The share as the server takes it. */
export const shareOf = (kind: Kind, chosen: ShareChoice, draft: ShareDraft): NewShare => ({
  kind: kind.name,
  ...(chosen.match ? { choose: { ...chosen.match, moving: draft.moving } } : { records: chosen.ids }),
  // It ends with the stage by the data: nothing has to notice that the record has moved on.
  ...(draft.stages.length > 0 && !chosen.match ? { when: { op: 'in', field: 'stage', values: draft.stages.map((text) => ({ text })) } } : {}),
  ...(goesAlong(chosen, draft) && draft.along.length > 0 ? { along: draft.along } : {}),
  actions: draft.edit ? ['read', 'edit'] : ['read'],
  fields: draft.fields.map((name) => ({ class: name, level: 'plain', edit: draft.edit })),
})

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

interface Props {
  kind: Kind
  chosen: ShareChoice
  draft: ShareDraft
  onDraft: (draft: ShareDraft) => void
}

/** Chooses the fields, whether they are edited, and for how much of the data. */
export function ShareForm({ kind, chosen, draft, onDraft }: Props) {
  const { t, pick } = useText()
  const kinds = useKinds()
  const mine = classes.filter((name) => kind.fields.some((field) => field.class === name && field.level !== 'hidden'))
  const staged = !chosen.match && kind.stages && kind.fields.some((field) => field.name === 'stage' && field.level !== 'hidden')
  return (
    <>
      <fieldset>
        <legend>{t('access.give.fields')}</legend>
        <div className="give-choices">
          {mine.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={draft.fields.includes(name)} onChange={(event) => onDraft({ ...draft, fields: toggled(draft.fields, name, event.target.checked) })} />
              {t(`classes.${name}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="give-more">
        <input type="checkbox" checked={draft.edit} onChange={(event) => onDraft({ ...draft, edit: event.target.checked })} />
        {t('sandboxes.put.edit')}
      </label>
      {chosen.match && <Which match={chosen.match} moving={draft.moving} onMoving={(moving) => onDraft({ ...draft, moving })} />}
      {goesAlong(chosen, draft) && <Along kind={kind} kinds={kinds.data ?? []} along={draft.along} onAlong={(along) => onDraft({ ...draft, along })} />}
      {staged && draft.along.length === 0 && (
        <fieldset>
          <legend>{t('sandboxes.put.stages')}</legend>
          <div className="give-choices">
            {kind.stages?.map((stage) => (
              <label key={stage.code}>
                <input
                  type="checkbox"
                  checked={draft.stages.includes(stage.code)}
                  onChange={(event) => onDraft({ ...draft, stages: toggled(draft.stages, stage.code, event.target.checked) })}
                />
                {pick(stage.label)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}
