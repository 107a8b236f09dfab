import { useState } from 'react'
import type { Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { EditFields } from './editfields'
import { EditDuty, EditScene, EditWindow } from './editrest'
import { EditWhat } from './editwhat'
import { EditWhen } from './editwhen'
import { EditWhere } from './editwhere'
import { EditWho } from './editwho'
import type { PartProps } from './part'
import { missingIn } from './ruledoc'
import { actionWords, dutyWords, fieldsWords, labelOf, type Namer, pathWords, whoWords, windowWords } from './words'

const parts = ['who', 'what', 'where', 'when', 'fields', 'duty', 'window', 'scene'] as const
export type Part = (typeof parts)[number]

interface Props {
  rule: Rule
  kinds: RuleKind[]
  named: Namer
  /** The condition as a sentence, where it is known. */
  when?: string
  editable: boolean
  first?: Part
  onChange: (rule: Rule) => Promise<unknown>
}

/** A rule as its sentence, part by part; a press on a part opens it in place. */
export function RuleView({ rule, kinds, named, when, editable, first, onChange }: Props) {
  const text = useText()
  const { t } = text
  const [open, setOpen] = useState<Part | undefined>(first)
  const [now] = useState(() => Date.now())
  const kind = kinds.find((k) => k.name === rule.kind)
  const missing = missingIn(rule)
  const system = rule.kind === 'system'
  const shown = parts.filter((p) => !system || !['where', 'when', 'fields', 'duty'].includes(p))
  const words: Record<Part, string> = {
    who: whoWords(text, named, rule),
    what: t(rule.effect === 'permit' ? 'rules.what.may' : 'rules.what.mayNot', {
      actions: actionWords(text, kind, rule.actions),
      kind: labelOf(text, kind, rule.kind),
    }),
    where: pathWords(text, named, kinds, rule.kind, rule.where),
    when: rule.when ? (when ?? t('rules.when.some')) : t('rules.when.none'),
    fields: fieldsWords(text, kind, rule),
    duty: dutyWords(text, named, rule),
    window: windowWords(text, rule),
    scene: rule.scene.trim() || t('rules.scene.missing'),
  }
  const said = (part: Part) => (part === 'when' ? <Said text={words.when} /> : words[part])
  return (
    <dl className="rule-parts">
      {shown.map((part) => {
        const lacks = missing.some((m) => m === part || (m === 'actions' && part === 'what'))
        return (
          <div key={part} className={open === part ? 'rule-part open' : 'rule-part'}>
            <dt>{t(`rules.parts.${part}`)}</dt>
            <dd>
              {editable ? (
                <button
                  type="button"
                  className={lacks ? 'part-words lacking' : 'part-words'}
                  aria-expanded={open === part}
                  aria-label={t('rules.editPart', { part: t(`rules.parts.${part}`), words: words[part] })}
                  onClick={() => setOpen(open === part ? undefined : part)}
                >
                  <span>{said(part)}</span>
                  <Icon name={lacks ? 'warn' : 'edit'} />
                </button>
              ) : (
                <p className="part-words">
                  <span>{said(part)}</span> {part === 'window' && <Ending until={rule.until} now={now} />}
                </p>
              )}
              {open === part && (
                <PartPanel
                  part={part}
                  rule={rule}
                  kinds={kinds}
                  named={named}
                  onCancel={() => setOpen(undefined)}
                  onDone={async (next) => {
                    await onChange(next)
                    setOpen(undefined)
                  }}
                />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const editors: Record<Part, (props: PartProps) => React.ReactNode> = {
  who: EditWho,
  what: EditWhat,
  where: EditWhere,
  when: EditWhen,
  fields: EditFields,
  duty: EditDuty,
  window: EditWindow,
  scene: EditScene,
}

interface PanelProps {
  part: Part
  rule: Rule
  kinds: RuleKind[]
  named: Namer
  onDone: (rule: Rule) => Promise<unknown>
  onCancel: () => void
}

function PartPanel({ part, rule, kinds, named, onDone, onCancel }: PanelProps) {
  const { t } = useText()
  const [work, setWork] = useState(rule)
  const [ready, setReady] = useState(true)
  const [busy, setBusy] = useState(false)
  const Editor = editors[part]
  const done = async () => {
    if (!ready || busy) return
    setBusy(true)
    try {
      await onDone(work)
    } catch {
      setBusy(false) // the page says what went wrong
    }
  }
  return (
    <form
      className="part-panel"
      aria-label={t(`rules.parts.${part}`)}
      onSubmit={(event) => {
        event.preventDefault()
        void done()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing && !event.defaultPrevented) onCancel()
      }}
    >
      <Editor rule={work} kinds={kinds} named={named} onChange={setWork} onReady={setReady} />
      <div className="part-foot">
        <button type="submit" className="btn primary" disabled={!ready || busy}>
          {t('rules.done')}
        </button>
        <button type="button" className="btn" onClick={onCancel}>
          {t('app.cancel')}
        </button>
      </div>
    </form>
  )
}
