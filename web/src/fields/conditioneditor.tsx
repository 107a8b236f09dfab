import { useEffect, useId, useState } from 'react'
import { type Condition, useCondition } from '@/api/conditions'
import type { Cond } from '@/api/policytypes'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { itemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import { CondGroup } from './condgroup'
import { type CondKind, groupOf, meant, placeOf, rooted } from './condtree'
import './conditioneditor.css'

interface Props {
  kind: string
  kinds: CondKind[]
  value: Cond | undefined
  /** Of a rule, which may speak of parents, relations and p; otherwise of a list. */
  rule?: boolean
  /** The condition whenever it is one, undefined when there is none; `ok` is false while something is wrong. */
  onChange: (cond: Cond | undefined, ok: boolean) => void
}

const unfinishedCodes = ['operand', 'needle', 'list', 'point', 'meters', 'shape']

/** Whether a row is only not filled in yet: that is told, but not as a mistake. */
const unfinished = (code: string, detail: string) => unfinishedCodes.includes(code) || (code === 'field' && detail.includes('""'))

/** A condition as groups and rows, and as CEL text beside them; the server says what it means. */
export function ConditionEditor({ kind, kinds, value, rule = false, onChange }: Props) {
  const { t } = useText()
  const [root, setRoot] = useState(() => rooted(value))
  const [text, setText] = useState<string>()
  const [composing, setComposing] = useState(false)
  const described = kinds.find((k) => k.name === kind)
  const none = text === undefined ? groupOf(root)?.args.length === 0 : text.trim() === ''
  const query = useDebounced(
    none ? undefined : text === undefined ? { kind, cond: root, rule: rule || undefined } : { kind, cel: text, rule: rule || undefined },
    350,
  )
  const asked = useCondition(composing ? undefined : query)
  const answer = asked.isPlaceholderData || none ? undefined : asked.data

  useEffect(() => {
    if (none) onChange(undefined, true)
    else if (answer) onChange(answer.cond && meant(rooted(answer.cond)), answer.errors.length === 0)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told when the answer changes, not when the listener does
  }, [answer, none])

  // What was written as text stands in the rows as soon as it is a condition.
  const fromText = text !== undefined && answer?.cond ? answer.cond : undefined
  const shown = fromText ? rooted(fromText) : root
  const change = (next: Cond) => {
    setRoot(next)
    setText(undefined)
    onChange(meant(next), false)
  }
  if (!described) return null
  const problems = text === undefined ? (answer?.errors ?? []) : []
  return (
    <div className="cond-editor">
      <CondGroup
        kinds={kinds}
        kind={described}
        rule={rule}
        problems={problems.map((p) => ({ at: placeOf(shown, p.at), text: wordsOf(p, t), unfinished: unfinished(p.code, p.detail) }))}
        root={shown}
        onChange={change}
      />
      <CelText
        text={text ?? asked.data?.cel ?? ''}
        empty={none && text === undefined}
        errors={text === undefined ? [] : (answer?.errors ?? [])}
        onCompose={setComposing}
        onText={(next) => {
          if (text === undefined) setRoot(shown)
          setText(next)
          if (fromText) setRoot(rooted(fromText))
          onChange(undefined, false)
        }}
      />
      <Meaning answer={none ? undefined : asked.data} busy={!none && (asked.isFetching || answer === undefined)} none={none} rule={rule} failed={asked.isError} />
    </div>
  )
}

function wordsOf(p: Condition['errors'][number], t: ReturnType<typeof useText>['t']): string {
  if (unfinished(p.code, p.detail)) return t('rules.cond.unfinished')
  const own = t('rules.codes', { returnObjects: true }) as Record<string, string>
  return t('rules.cond.wrong', { text: own[p.code] ?? itemText(t, p) ?? p.detail })
}

interface CelProps {
  text: string
  empty: boolean
  errors: Condition['errors']
  onText: (text: string) => void
  onCompose: (composing: boolean) => void
}

function CelText({ text, empty, errors, onText, onCompose }: CelProps) {
  const { t } = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="cond-cel">
      <button type="button" className="quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} />
        {t('rules.cond.cel')}
      </button>
      {open && (
        <div id={id}>
          <textarea
            className="input cond-text"
            aria-label={t('rules.cond.cel')}
            aria-invalid={errors.length > 0 || undefined}
            aria-describedby={`${id}-hint`}
            spellCheck={false}
            rows={3}
            value={empty ? '' : text}
            onCompositionStart={() => onCompose(true)}
            onCompositionEnd={() => onCompose(false)}
            onChange={(event) => onText(event.target.value)}
          />
          <p id={`${id}-hint`} className="cond-hint">
            {t('rules.cond.celHint')}
          </p>
          {errors.map((e) => (
            <TextProblem key={`${e.at} ${e.code}`} at={e.at} text={text} detail={e.detail} said={wordsOf(e, t)} />
          ))}
        </div>
      )}
    </div>
  )
}

/** A problem of the text: its line and column, and the line itself with a mark below. */
function TextProblem({ at, text, detail, said }: { at: string; text: string; detail: string; said: string }) {
  const { t } = useText()
  const [line = 1, column = 1] = at.split(':').map(Number)
  return (
    <div className="cond-problem" role="alert">
      <p>
        <Icon name="warn" />
        {t('filter.position', { line, column })} {said}
      </p>
      <pre aria-hidden="true">
        {text.split('\n')[line - 1]}
        {'\n'}
        {' '.repeat(Math.max(0, column - 1))}^
      </pre>
      <p className="muted">{detail}</p>
    </div>
  )
}

interface MeaningProps {
  answer: Condition | undefined
  busy: boolean
  none: boolean
  rule: boolean
  failed: boolean
}

function Meaning({ answer, busy, none, rule, failed }: MeaningProps) {
  const { t, pick, format } = useText()
  const m = answer?.matching
  const count = !m
    ? undefined
    : m.personal
      ? t('rules.cond.personal')
      : m.few
        ? t('rules.cond.few', { count: m.count })
        : m.capped
          ? t('rules.cond.over', { n: format.integer(m.count) })
          : t('rules.cond.matching', { count: m.count, n: format.integer(m.count) })
  return (
    <div className="cond-meaning" role="status" aria-busy={busy}>
      {none && <p className="muted">{t(rule ? 'rules.cond.noneRule' : 'rules.cond.none')}</p>}
      {failed && <p className="cond-problem">{t('problem.unknown')}</p>}
      {answer?.sentence && <p><Said text={pick(answer.sentence)} /></p>}
      {count && <p className="cond-count">{count}</p>}
    </div>
  )
}
