import { useId, useState } from 'react'
import { useCondition } from '@/api/conditions'
import { useUnits } from '@/api/org'
import { useKeepPool } from '@/api/pools'
import type { RuleKind } from '@/api/rules'
import { ConditionEditor } from '@/fields/conditioneditor'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { lackOf, type PoolDraft, toSend } from './draft'
import { FormHidden } from './formhidden'
import { FormLimits } from './formlimits'
import { FormRecycle } from './formrecycle'
import { FormUnits } from './formunits'
import { poolSentence } from './sentence'

interface Props {
  /** The pool and its version; undefined for one that is being made. */
  at?: { id: string; version: number }
  given: PoolDraft
  kind: RuleKind
  kinds: RuleKind[]
  onKept: (id: string) => void
}

/** How a pool is worked with, with what is set in words above. */
export function PoolForm({ at, given, kind, kinds, onKept }: Props) {
  const text = useText()
  const { t } = text
  const id = useId()
  const problem = useProblemText()
  const [draft, setDraft] = useState(given)
  const [ready, setReady] = useState(true)
  const [fault, setFault] = useState<string>()
  const units = useUnits()
  const keep = useKeepPool()
  // A pool whose name was taken in and whose settings were not is there already.
  const [made, setMade] = useState<{ id: string; version: number }>()
  const { settings } = draft
  const said = useCondition(settings.takes && ready ? { kind: kind.name, cond: settings.takes, rule: true } : undefined)
  const setSettings = (next: PoolDraft['settings']) => setDraft({ ...draft, settings: next })
  const unitName = (unit: string) => units.data?.items.find((u) => u.id === unit)?.name ?? ''

  const save = () => {
    const lack = lackOf(draft, ready)
    setFault(lack && t(`pools.lack.${lack}`))
    if (lack) return
    keep.mutate(
      {
        ...(at ?? made),
        name: draft.name.trim(),
        open: draft.open,
        settings: toSend(draft),
        renames: !at || draft.name.trim() !== given.name || JSON.stringify(draft.open) !== JSON.stringify(given.open),
        onMade: setMade,
      },
      {
        onSuccess: (kept) => {
          toast(t('pools.set.saved', { name: kept.name }))
          onKept(kept.id)
        },
        onError: (error) => setFault(problem(error)),
      },
    )
  }
  return (
    <form
      className="pool-form"
      aria-label={t('pools.set.form')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p className="settings-sentence" aria-live="polite">
        <Said text={poolSentence(text, draft, unitName, kind.fields, said.data?.sentence)} />
      </p>
      {draft.open.length === 0 && (
        <p className="note warn">
          <Icon name="warn" />
          {t('pools.set.nobody')}
        </p>
      )}
      <fieldset className="settings-set">
        <legend>{t('pools.set.name')}</legend>
        <input id={`${id}-name`} aria-label={t('pools.set.name')} className="input" maxLength={100} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      </fieldset>
      <FormUnits open={draft.open} onOpen={(open) => setDraft({ ...draft, open })} />
      <fieldset className="settings-set">
        <legend>{t('pools.set.takes')}</legend>
        <p className="muted">{t('pools.set.takesHint')}</p>
        <ConditionEditor
          kind={kind.name}
          kinds={kinds}
          value={given.settings.takes}
          rule
          onChange={(takes, ok) => {
            if (ok) setSettings({ ...settings, takes })
            setReady(ok)
          }}
        />
      </fieldset>
      <FormLimits settings={settings} onSettings={setSettings} />
      <FormHidden settings={settings} kind={kind} onSettings={setSettings} />
      <FormRecycle settings={settings} onSettings={setSettings} />
      {fault && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {fault}
        </p>
      )}
      <div className="settings-save">
        <button type="submit" className="btn primary" disabled={keep.isPending}>
          {t(at ? 'app.save' : 'pools.set.create')}
        </button>
      </div>
    </form>
  )
}
