import { useState } from 'react'
import { draftQuery, type Take, useRebase } from '@/api/drafts'
import { queries } from '@/api/freshness'
import type { Change, Conflict, Draft } from '@/api/policytypes'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import './draftbar.css'

/** What was published since: the draft is put upon it, after a choice for each part both changed. */
export function Stale({ draft }: { draft: Draft }) {
  const { t } = useText()
  const rebase = useRebase(draft.id)
  const say = useProblemText()
  const [choosing, setChoosing] = useState(false)
  const conflicts = draft.conflicts ?? []
  const failed = rebase.error && problemOf(rebase.error).code !== 'rebase_conflict'
  const send = (take: Take[]) =>
    rebase.mutate(
      { take, upon: draft.upon },
      {
        onSuccess: () => setChoosing(false),
        // Somebody published or edited meanwhile: what there is to choose between is read anew.
        onError: (error) => {
          if (problemOf(error).code === 'rebase_conflict') setChoosing(true)
          void queries.invalidateQueries({ queryKey: draftQuery(draft.id).queryKey })
        },
      },
    )
  const notice = failed ? (
    <p className="note bad" role="alert">
      <Icon name="warn" />
      {problemOf(rebase.error).code === 'rebase_moved' ? t('rules.conflict.moved') : t('rules.bar.rebaseFailed', { text: say(rebase.error) })}
    </p>
  ) : undefined
  return (
    <div className="note warn draft-stale">
      <Icon name="warn" />
      <span>{conflicts.length > 0 ? t('rules.conflict.some', { count: conflicts.length }) : t('rules.bar.stale')}</span>
      <button type="button" className="btn" disabled={rebase.isPending} onClick={() => (conflicts.length > 0 ? setChoosing(true) : send([]))}>
        {t(conflicts.length > 0 ? 'rules.conflict.open' : 'rules.bar.rebase')}
      </button>
      {!choosing && notice}
      {choosing && conflicts.length > 0 && (
        <Choices key={draft.upon} conflicts={conflicts} notice={notice} busy={rebase.isPending} onCancel={() => setChoosing(false)} onTake={send} />
      )}
    </div>
  )
}

interface ChoicesProps {
  conflicts: Conflict[]
  notice: React.ReactNode
  busy: boolean
  onCancel: () => void
  onTake: (take: Take[]) => void
}

const keyOf = (conflict: Conflict) => `${conflict.part} ${conflict.id}`

/** The conflicts one below the other, each with both versions in words. */
export function Choices({ conflicts, notice, busy, onCancel, onTake }: ChoicesProps) {
  const { t } = useText()
  const [taken, setTaken] = useState<Record<string, 'mine' | 'theirs'>>({})
  const left = conflicts.filter((conflict) => !taken[keyOf(conflict)]).length
  const take = () => onTake(conflicts.map((conflict) => ({ part: conflict.part, id: conflict.id, take: taken[keyOf(conflict)] ?? 'mine' })))
  const all = (side: 'mine' | 'theirs') => setTaken(Object.fromEntries(conflicts.map((conflict) => [keyOf(conflict), side])))
  return (
    <Dialog
      wide
      title={t('rules.conflict.title')}
      onCancel={onCancel}
      footer={
        <>
          <span className="muted conflict-left" role="status">
            {left > 0 && t('rules.conflict.left', { count: left })}
          </span>
          <button type="button" className="btn" onClick={onCancel}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={left > 0 || busy} onClick={take}>
            {t('rules.bar.rebase')}
          </button>
        </>
      }
    >
      <p>{t('rules.conflict.lead')}</p>
      {notice}
      {conflicts.length > 1 && (
        <p className="conflict-all">
          <button type="button" className="quiet" onClick={() => all('mine')}>
            {t('rules.conflict.allMine')}
          </button>
          <button type="button" className="quiet" onClick={() => all('theirs')}>
            {t('rules.conflict.allTheirs')}
          </button>
        </p>
      )}
      <div className="conflicts">
        {conflicts.map((conflict) => (
          <One key={keyOf(conflict)} conflict={conflict} taken={taken[keyOf(conflict)]} onTake={(side) => setTaken({ ...taken, [keyOf(conflict)]: side })} />
        ))}
      </div>
    </Dialog>
  )
}

function One({ conflict, taken, onTake }: { conflict: Conflict; taken?: 'mine' | 'theirs'; onTake: (side: 'mine' | 'theirs') => void }) {
  const { t, pick } = useText()
  const before = conflict.mine.sentence.before
  return (
    <fieldset className="conflict">
      <legend>
        <span className="tag">{t(`rules.part.${conflict.part}`)}</span> <span className="muted">{before ? t('rules.conflict.before', { text: pick(before) }) : t('rules.conflict.new')}</span>
      </legend>
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side} className={taken === side ? 'conflict-side chosen' : 'conflict-side'}>
          <input type="radio" name={`conflict ${keyOf(conflict)}`} checked={taken === side} onChange={() => onTake(side)} />
          <span>
            <strong>{t(`rules.conflict.${side}`)}</strong>
            <Version change={conflict[side]} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** One version in words; a pack, whose sentence does not tell its rules, also rule by rule. */
function Version({ change }: { change: Change }) {
  const { t, pick } = useText()
  const { before, after } = change.sentence
  if (!after) return <span className="conflict-gone">{t('rules.conflict.gone')}</span>
  return (
    <>
      <span><Said text={pick(after)} /></span>
      {change.rules && change.rules.length > 0 ? (
        <span className="conflict-rules">
          {change.rules.map((rule) => {
            const said = rule.sentence.after ?? rule.sentence.before
            return (
              <span key={rule.id}>
                <span className="tag">{t(`rules.ops.${rule.op}`)}</span> {said && <Said text={pick(said)} />}
              </span>
            )
          })}
        </span>
      ) : (
        before && pick(before) === pick(after) && <span className="muted">{t('rules.diff.beside')}</span>
      )}
    </>
  )
}
