import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { chooseDraft, type DraftEdit, useDraftEdit } from '@/api/draftedit'
import { createDraft } from '@/api/drafts'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { Stale } from './conflicts'
import './draftbar.css'

/** The name of a draft that is made by the first change in it. */
export function useDraftName(): string {
  const { t, format } = useText()
  return t('rules.bar.newName', { time: format.moment(new Date().toISOString()) })
}

/** Says that what is changed here is not in force yet, and leads to where it is published. */
export function DraftBar({ error }: { error?: unknown }) {
  const { t } = useText()
  const work = useDraftEdit()
  const say = useProblemText()
  const { draft } = work
  if (work.loading) return <div className="draft-bar" aria-busy="true" />
  if (work.unknown) {
    return (
      <div className="draft-bar" role="region" aria-label={t('rules.bar.label')}>
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {t('rules.bar.unknown', { text: say(work.unknown) })}
        </p>
        <button type="button" className="btn" onClick={work.readAgain}>
          {t('app.retry')}
        </button>
      </div>
    )
  }
  if (!draft) {
    return (
      <div className="draft-bar idle" role="region" aria-label={t('rules.bar.label')}>
        <span className="draft-none">
          <Icon name="info" />
          {t('rules.bar.none')}
        </span>
        <span className="draft-acts">
          <Drafts work={work} />
        </span>
      </div>
    )
  }
  const count = draft.changes.length
  return (
    <div className="draft-bar" role="region" aria-label={t('rules.bar.label')}>
      <span className="draft-name">
        <Icon name="edit" />
        <span>
          {t('rules.bar.working')} <strong>{draft.name}</strong>
        </span>
        <span className="tag">{t('rules.bar.changes', { count })}</span>
        {draft.sensitive && <span className="tag draft-sensitive">{t('rules.sensitive')}</span>}
        <span className="muted" role="status">
          {work.saving ? t('form.saving') : ''}
        </span>
      </span>
      <span className="draft-acts">
        <button type="button" className="quiet" disabled={!work.canUndo || work.saving} onClick={() => void work.undo().catch(() => undefined)}>
          {t('rules.bar.undo')}
        </button>
        <button type="button" className="quiet" disabled={!work.canRedo || work.saving} onClick={() => void work.redo().catch(() => undefined)}>
          {t('rules.bar.redo')}
        </button>
        <Drafts work={work} />
        <Link className="btn" to="/policy/drafts/$id" params={{ id: draft.id }} hash="changes">
          {t('rules.bar.see')}
        </Link>
        <Link className="btn" to="/policy/drafts/$id" params={{ id: draft.id }} hash="impact">
          {t('rules.bar.impact')}
        </Link>
        <Link className="btn primary" to="/policy/drafts/$id" params={{ id: draft.id }} hash="publish">
          {t('rules.bar.publish')}
        </Link>
      </span>
      {draft.stale && <Stale draft={draft} />}
      {Boolean(error) && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {t('rules.bar.failed', { text: say(error) })}
        </p>
      )}
    </div>
  )
}

function Drafts({ work }: { work: DraftEdit }) {
  const { t } = useText()
  const name = useDraftName()
  const [busy, setBusy] = useState(false)
  const make = async (close: () => void) => {
    setBusy(true)
    try {
      chooseDraft((await createDraft(name)).id)
      close()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Popover
      label={t('rules.bar.choose')}
      trigger={(props) => (
        <button type="button" className="quiet" {...props}>
          {t('rules.bar.choose')}
          <Icon name="down" />
        </button>
      )}
    >
      {(close) => (
        <div className="menu">
          {work.open.map((d) => (
            <button
              key={d.id}
              type="button"
              className="menu-item"
              aria-pressed={d.id === work.draft?.id}
              onClick={() => {
                chooseDraft(d.id)
                close()
              }}
            >
              {d.name}
              <span className="muted">{d.author.name}</span>
              {d.id === work.draft?.id && <Icon name="check" />}
            </button>
          ))}
          <button type="button" className="menu-item" disabled={busy} onClick={() => void make(close)}>
            <Icon name="plus" />
            {t('rules.bar.new')}
          </button>
        </div>
      )}
    </Popover>
  )
}
