import { useState } from 'react'
import { useDropField, usePutField } from '@/api/customfields'
import { problemOf } from '@/api/problem'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { type GroupDraft, lackOf, newTag, ruleOf, toSend } from './draft'
import { GroupHead } from './grouphead'
import { LastRun } from './lastrun'
import { TagLineForm } from './taglineform'

interface Props {
  at?: { kind: string; key: string }
  given: GroupDraft
  kinds: RuleKind[]
  may: boolean
  onKept: (group: string | undefined) => void
}

/** A group of tags: what it is, its tags, and the rules that keep them. */
export function GroupForm({ at, given, kinds, may, onKept }: Props) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const put = usePutField()
  const drop = useDropField()
  const [draft, setDraft] = useState(given)
  const [fault, setFault] = useState<string>()
  const [asking, setAsking] = useState(false)
  const kind = kinds.find((k) => k.name === draft.kind)
  const { parts } = draft
  const setParts = (part: Partial<GroupDraft['parts']>) => setDraft({ ...draft, parts: { ...parts, ...part } })
  const told = (error: unknown) => {
    const problem = problemOf(error)
    return [problemText(error), ...(problem.errors ?? []).map((item) => item.detail)].join(' ')
  }
  const save = () => {
    const lack = lackOf(draft)
    setFault(lack && t(`tagging.lack.${lack}`))
    if (lack) return
    const key = at?.key ?? `c_g_${Date.now().toString(36)}`
    put.mutate(
      { kind: draft.kind, key, version: draft.version, parts: toSend(draft) },
      {
        onSuccess: (kept) => {
          setDraft({ ...draft, version: kept.version })
          toast(t('tagging.saved', { group: pick(kept.label) }))
          onKept(`${draft.kind}.${key}`)
        },
        onError: (error) => setFault(told(error)),
      },
    )
  }
  if (!kind) return null
  const old = new Set(at ? given.parts.choices.map((c) => c.code) : [])
  return (
    <form
      className="settings-form"
      aria-label={t('tagging.form')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset className="settings-set" disabled={!may}>
        <legend>{t('tagging.what')}</legend>
        <GroupHead draft={draft} kinds={kinds} made={at !== undefined} onDraft={setDraft} />
      </fieldset>
      <fieldset className="settings-set" disabled={!may}>
        <legend>{t('tagging.tags')}</legend>
        {draft.byRule && parts.type === 'choice' && <p className="muted">{t('tagging.firstWins')}</p>}
        {parts.choices.map((choice, index) => (
          <TagLineForm
            key={choice.code}
            kind={kind}
            kinds={kinds}
            draft={draft}
            choice={choice}
            index={index}
            removable={!old.has(choice.code) && parts.choices.length > 1}
            rule={draft.byRule && !choice.retired ? ruleOf(parts.group.rules, choice.code) : undefined}
            onChoice={(next) => setParts({ choices: parts.choices.map((c) => (c === choice ? next : c)) })}
            onRemove={() => setParts({ choices: parts.choices.filter((c) => c !== choice) })}
            onMove={(to) => {
              const rest = parts.choices.filter((c) => c !== choice)
              rest.splice(to, 0, choice)
              setParts({ choices: rest })
            }}
            onRule={(rule) =>
              setDraft((now) => ({
                ...now,
                parts: { ...now.parts, group: { ...now.parts.group, rules: [...(now.parts.group.rules ?? []).filter((r) => r.tag !== choice.code), rule] } },
              }))
            }
            onTells={(tells) => setParts({ group: { ...parts.group, tells } })}
          />
        ))}
        {may && (
          <button type="button" className="btn" onClick={() => setParts({ choices: [...parts.choices, newTag(parts.choices)] })}>
            <Icon name="plus" />
            {t('tagging.addTag')}
          </button>
        )}
      </fieldset>
      {at && given.byRule && <LastRun kind={at.kind} group={at.key} may={may} />}
      {fault && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {fault}
        </p>
      )}
      {may && (
        <div className="settings-save">
          {at && (
            <button type="button" className="btn danger" onClick={() => setAsking(true)}>
              <Icon name="trash" />
              {t('tagging.delete')}
            </button>
          )}
          <button type="submit" className="btn primary" disabled={put.isPending}>
            {t(at ? 'app.save' : 'tagging.create')}
          </button>
        </div>
      )}
      {asking && at && (
        <FormDialog
          title={t('tagging.deleteTitle', { group: pick(given.parts.label) })}
          act={t('tagging.delete')}
          danger
          off={drop.isPending}
          onAct={() =>
            drop.mutate(at, {
              onSuccess: () => {
                toast(t('tagging.deleted', { group: pick(given.parts.label) }))
                onKept(undefined)
              },
              onError: (error) => {
                setAsking(false)
                setFault(told(error))
              },
            })
          }
          onCancel={() => setAsking(false)}
        >
          <p>{t('tagging.deleteText')}</p>
        </FormDialog>
      )}
    </form>
  )
}
