import { useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Kind } from '@/api/types'
import type { SavedView } from '@/api/views'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  kind: Kind
  view: SavedView
  now: boolean
  onOpen: () => void
  onDefault: () => void
  onRename: (name: string) => void
  onShare: () => void
  onDelete: () => void
}

/** One view: opened by its name, made the default by its star, and more behind its menu. */
export function ViewRow({ kind, view, now, onOpen, onDefault, onRename, onShare, onDelete }: Props) {
  const { t, pick } = useText()
  const [more, setMore] = useState(false)
  const [name, setName] = useState<string>()
  const [sure, setSure] = useState(false)
  const locked = view.locked.map((field) => pick(fieldOf(kind, field)?.label ?? { zh: field, en: field }))
  return (
    <li className="view-row">
      <div className="view-line">
        <button type="button" className="menu-item" aria-current={now ? 'true' : undefined} onClick={onOpen}>
          <Icon name={view.search.as === 'board' ? 'board' : view.search.as === 'calendar' ? 'calendar' : 'filter'} />
          <span className="view-label">{view.name}</span>
          {view.shared && view.mine && <Icon name="share" />}
          {!view.mine && <span className="muted">{view.owner.name}</span>}
        </button>
        <button
          type="button"
          className={view.default ? 'quiet icon-only view-star on' : 'quiet icon-only view-star'}
          aria-pressed={view.default}
          aria-label={t('lists.view.setDefault', { name: view.name })}
          title={t('lists.view.setDefault', { name: view.name })}
          onClick={onDefault}
        >
          <Icon name="star" />
        </button>
        {view.mine && (
          <button
            type="button"
            className="quiet icon-only"
            aria-expanded={more}
            aria-label={t('lists.view.more', { name: view.name })}
            onClick={() => setMore(!more)}
          >
            <Icon name="more" />
          </button>
        )}
      </div>
      {view.closed && (
        <p className="view-closed">
          <Icon name="lock" />
          {locked.length > 0 ? t('lists.view.locked', { fields: locked.join(t('lists.comma')) }) : t('lists.view.lockedOther')}
        </p>
      )}
      {more && name === undefined && (
        <div className="view-more">
          <button type="button" className="quiet" onClick={() => setName(view.name)}>
            {t('lists.view.rename')}
          </button>
          <button type="button" className="quiet" onClick={onShare}>
            {t('lists.view.share')}
          </button>
          <button type="button" className="quiet danger" onClick={() => (sure ? onDelete() : setSure(true))}>
            {sure ? t('lists.view.deleteSure') : t('lists.view.delete')}
          </button>
        </div>
      )}
      {name !== undefined && (
        <form
          className="view-name-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim()) onRename(name.trim())
            setName(undefined)
            setMore(false)
          }}
        >
          <input
            className="input"
            autoFocus
            aria-label={t('lists.view.name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn">
            {t('app.save')}
          </button>
        </form>
      )}
    </li>
  )
}
