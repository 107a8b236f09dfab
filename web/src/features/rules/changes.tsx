import type { Change } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Said } from '@/ui/said'
import { type Piece, wordDiff } from './worddiff'

const marks = { added: '+', removed: '−', changed: '±' } as const

/** The difference of two policies: what came, what went, what changed word by word. */
export function Changes({ changes, none }: { changes: Change[]; none: string }) {
  if (changes.length === 0) return <p className="muted">{none}</p>
  return (
    <ul className="changes">
      {changes.map((change) => (
        <ChangeItem key={`${change.part} ${change.id}`} change={change} />
      ))}
    </ul>
  )
}

function ChangeItem({ change }: { change: Change }) {
  const { t } = useText()
  return (
    <li className={`change ${change.op}`}>
      <div className="change-head">
        <span className={`tag op-${change.op}`}>
          <span aria-hidden="true">{marks[change.op]}</span> {t(`rules.ops.${change.op}`)}
        </span>
        <span className="tag">{t(`rules.part.${change.part}`)}</span>
        {change.sensitive && <span className="tag op-removed">{t('rules.sensitive')}</span>}
      </div>
      <Sentence change={change} />
      {change.rules && change.rules.length > 0 && <Changes changes={change.rules} none="" />}
    </li>
  )
}

function Sentence({ change }: { change: Change }) {
  const { t, pick } = useText()
  const before = change.sentence.before && pick(change.sentence.before)
  const after = change.sentence.after && pick(change.sentence.after)
  if (change.op === 'added' || before === undefined) return <p className="change-text">{after ? <ins><Said text={after} /></ins> : change.id}</p>
  if (change.op === 'removed' || after === undefined) return <p className="change-text"><del><Said text={before} /></del></p>
  if (before === after) return <p className="change-text"><Said text={after} /> <span className="muted">{t('rules.diff.beside')}</span></p>
  const pieces = wordDiff(before, after)
  return (
    <>
      <p className="change-text">
        <span className="change-label">{t('rules.diff.before')}</span>
        <Line pieces={pieces} without="in" />
      </p>
      <p className="change-text">
        <span className="change-label">{t('rules.diff.after')}</span>
        <Line pieces={pieces} without="out" />
      </p>
    </>
  )
}

function Line({ pieces, without }: { pieces: Piece[]; without: Piece['op'] }) {
  return (
    <>
      {pieces
        .filter((p) => p.op !== without)
        .map((p, i) => (p.op === 'in' ? <ins key={i}>{p.text}</ins> : p.op === 'out' ? <del key={i}>{p.text}</del> : <span key={i}>{p.text}</span>))}
    </>
  )
}
