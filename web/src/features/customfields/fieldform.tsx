import { useState } from 'react'
import { useDropField, usePutField } from '@/api/customfields'
import { problemOf } from '@/api/problem'
import { type RuleKind, useRules } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { type FieldDraft, isList, keyPattern, newChoice, toSend, type Wrong, wrongAt } from './draft'
import { FieldChoices } from './fieldchoices'
import { FieldHead } from './fieldhead'
import { FieldOptions } from './fieldoptions'
import { useWrongText } from './said'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  given: FieldDraft
  /** It is there already: what is stored and who sees it stay as they are. */
  made?: boolean
  may: boolean
  onKept: () => void
}

/** A field of the company's own: what it is, its choices, and how it is kept and shown. */
export function FieldForm({ kind, kinds, given, made = false, may, onKept }: Props) {
  const { t, pick } = useText()
  const say = useWrongText()
  const problemText = useProblemText()
  const rules = useRules()
  const put = usePutField()
  const drop = useDropField()
  const [draft, setDraft] = useState<FieldDraft>(() => (made || (given.parts.choices ?? []).length > 0 ? given : { ...given, parts: { ...given.parts, choices: [newChoice([])] } }))
  const [wrong, setWrong] = useState<Record<string, Wrong>>({})
  const [asking, setAsking] = useState(false)
  const { parts } = draft
  const name = pick(given.parts.label)
  const failed = (error: unknown) => {
    const problem = problemOf(error)
    const found = wrongAt(problem)
    const general = found['']
    if (general) {
      const ids: unknown = problem.params?.rules
      const names = Array.isArray(ids) ? ids.map((id: string) => rules.data?.find((r) => r.rule.id === id)?.rule.name ?? id) : []
      const said = say(general) ?? problemText(error)
      found[''] = { ...general, detail: names.length > 0 ? t('customfields.usedBy', { said, names: names.join(t('customfields.comma')) }) : said }
    }
    setWrong(found)
  }
  const save = () => {
    const taken = !made && kind.fields.some((f) => f.name === draft.key)
    if (taken || !keyPattern.test(draft.key)) {
      setWrong({ key: { code: taken ? 'double' : 'key' } })
      return
    }
    setWrong({})
    put.mutate(
      { kind: kind.name, key: draft.key, version: draft.version, parts: toSend(kind, draft) },
      {
        onSuccess: (kept) => {
          toast(t('customfields.saved', { field: pick(kept.label) }))
          onKept()
        },
        onError: failed,
      },
    )
  }
  const general = wrong['']
  return (
    <form
      className="settings-form"
      aria-label={t('customfields.form')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset className="settings-set" disabled={!may}>
        <legend>{t('customfields.what')}</legend>
        <FieldHead kind={kind} kinds={kinds} draft={draft} made={made} wrong={wrong} onDraft={setDraft} />
      </fieldset>
      {isList(parts.type) && (
        <fieldset className="settings-set" disabled={!may}>
          <legend>{t('customfields.choices')}</legend>
          <FieldChoices choices={parts.choices ?? []} kept={made ? (given.parts.choices ?? []) : []} wrong={wrong.choices} onChoices={(choices) => setDraft({ ...draft, parts: { ...parts, choices } })} />
        </fieldset>
      )}
      <fieldset className="settings-set" disabled={!may}>
        <legend>{t('customfields.how')}</legend>
        <FieldOptions kind={kind} parts={parts} made={made} wrong={wrong} onParts={(part) => setDraft({ ...draft, parts: { ...parts, ...part } })} />
      </fieldset>
      {general && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {general.detail}
        </p>
      )}
      {may && (
        <div className="settings-save">
          {made && (
            <button type="button" className="btn danger" onClick={() => setAsking(true)}>
              <Icon name="trash" />
              {t('customfields.delete')}
            </button>
          )}
          <button type="submit" className="btn primary" disabled={put.isPending}>
            {t(made ? 'app.save' : 'customfields.create')}
          </button>
        </div>
      )}
      {asking && (
        <FormDialog
          title={t('customfields.deleteTitle', { field: name })}
          act={t('customfields.delete')}
          danger
          off={drop.isPending}
          onAct={() =>
            drop.mutate(
              { kind: kind.name, key: draft.key },
              {
                onSuccess: () => {
                  toast(t('customfields.deleted', { field: name }))
                  onKept()
                },
                onError: (error) => {
                  setAsking(false)
                  failed(error)
                },
              },
            )
          }
          onCancel={() => setAsking(false)}
        >
          <p>{t('customfields.deleteText', { kind: pick(kind.label), field: name })}</p>
          <p>{t('customfields.deleteUses')}</p>
        </FormDialog>
      )}
    </form>
  )
}
