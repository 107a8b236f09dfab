import { useState } from 'react'
import type { Kind } from '@/api/types'
import { type SavedView, useChangeView, useDeleteView, useSaveView } from '@/api/views'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { keptOf, type ListSearch } from './search'
import { useRefusal } from './gate'
import { ShareForm } from './viewshare'
import { ViewRow } from './viewrow'
import './views.css'

interface Props {
  kind: Kind
  search: ListSearch
  views: SavedView[]
  now: SavedView | undefined
  changed: boolean
  onSearch: (search: ListSearch) => void
  onClose: () => void
}

/** The views of a kind: mine, those shared with me, and what can be done with them. */
export default function ViewList({ kind, search, views, now, changed, onSearch, onClose }: Props) {
  const { t } = useText()
  const [name, setName] = useState<string>()
  const [sharing, setSharing] = useState<SavedView>()
  const [refused, setRefused] = useState<string>()
  const save = useSaveView(kind.name)
  const change = useChangeView()
  const remove = useDeleteView()
  const refusal = useRefusal(kind)
  const failed = (error: unknown) => setRefused(refusal(error))

  const open = (view: SavedView) => {
    onSearch({ ...view.search, v: view.id })
    onClose()
  }
  const update = (view: SavedView, what: Parameters<typeof change.mutate>[0]['change'], said?: string) => {
    setRefused(undefined)
    change.mutate({ view, change: what }, { onSuccess: () => said && toast(said), onError: failed })
  }
  const row = (view: SavedView) => (
    <ViewRow
      key={view.id}
      kind={kind}
      view={view}
      now={view.id === now?.id}
      onOpen={() => open(view)}
      onDefault={() => update(view, { default: !view.default }, view.default ? t('lists.view.noDefault') : t('lists.view.isDefault', { name: view.name }))}
      onRename={(next) => update(view, { name: next }, t('lists.view.saved'))}
      onShare={() => setSharing(view)}
      onDelete={() =>
        remove.mutate(view, {
          onSuccess: () => {
            toast(t('lists.view.deleted', { name: view.name }))
            if (view.id === now?.id) onSearch({ ...search, v: 'all' })
          },
          onError: failed,
        })
      }
    />
  )
  const mine = views.filter((view) => view.mine)
  const shared = views.filter((view) => !view.mine)

  if (sharing) {
    return (
      <ShareForm
        view={sharing}
        busy={change.isPending}
        problem={refused}
        onBack={() => {
          setRefused(undefined)
          setSharing(undefined)
        }}
        onSave={(next) =>
          change.mutate(
            { view: sharing, change: { shared: next } },
            {
              onSuccess: () => {
                toast(t('lists.view.shared'))
                setSharing(undefined)
              },
              onError: failed,
            },
          )
        }
      />
    )
  }
  return (
    <div className="views">
      <ul>
        <li className="view-row">
          <button
            type="button"
            className="menu-item"
            aria-current={now ? undefined : 'true'}
            onClick={() => {
              onSearch({ v: 'all' })
              onClose()
            }}
          >
            <Icon name="menu" />
            {t('list.allRecords')}
          </button>
        </li>
      </ul>
      <h2>{t('lists.view.mine')}</h2>
      {mine.length === 0 ? <p className="views-none">{t('lists.view.none')}</p> : <ul>{mine.map(row)}</ul>}
      {shared.length > 0 && (
        <>
          <h2>{t('lists.view.team')}</h2>
          <ul>{shared.map(row)}</ul>
        </>
      )}
      {refused && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refused}
        </p>
      )}
      {name === undefined ? (
        <div className="views-acts">
          {changed && now?.mine && (
            <button type="button" className="quiet" onClick={() => update(now, { search: keptOf(search) }, t('lists.view.saved'))}>
              <Icon name="check" />
              {t('lists.view.save')}
            </button>
          )}
          <button type="button" className="quiet" onClick={() => setName('')}>
            <Icon name="plus" />
            {t('lists.view.saveAs')}
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              void navigator.clipboard?.writeText(location.href).then(() => toast(t('lists.view.copied')))
              onClose()
            }}
          >
            <Icon name="link" />
            {t('lists.view.copy')}
          </button>
        </div>
      ) : (
        <form
          className="view-name-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (!name.trim()) return
            setRefused(undefined)
            save.mutate(
              { name: name.trim(), search: keptOf(search) },
              {
                onSuccess: (made) => {
                  toast(t('lists.view.made', { name: made.name }))
                  onSearch({ ...search, v: made.id })
                  onClose()
                },
                onError: failed,
              },
            )
          }}
        >
          <input
            className="input"
            autoFocus
            aria-label={t('lists.view.name')}
            placeholder={t('lists.view.name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn primary" disabled={save.isPending || !name.trim()}>
            {t('app.save')}
          </button>
        </form>
      )}
    </div>
  )
}
