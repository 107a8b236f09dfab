import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Version } from '@/api/policytypes'
import { hasFailed, isRefused } from '@/api/problem'
import { useRollback, useVersionDiff, useVersions } from '@/api/versions'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Changes } from './changes'
import { useRefusal } from './publish'
import type { VersionsSearch } from './search'
import './rules.css'
import './drafts.css'

interface Props {
  search: VersionsSearch
  onSearch: (search: VersionsSearch) => void
}

const exportCommand = 'guan policy export'

/** What was in force: every version with its author and note, compared and put back. */
export default function VersionsPage({ search, onSearch }: Props) {
  const { t, format } = useText()
  useTitle(t('rules.versions.title'))
  const versions = useVersions()
  const [back, setBack] = useState<Version>()
  const again = () => void versions.refetch()
  if (isRefused(versions.error)) return <Failure page error={versions.error} onRetry={again} />
  const list = versions.data?.pages.flatMap((p) => p.items) ?? []
  const newest = list[0]
  const to = search.to ?? newest?.number
  const from = search.from ?? list.find((v) => to !== undefined && v.number < to)?.number
  return (
    <div className="rules-page">
      <PolicyTabs />
      <div className="versions">
        <section className="versions-list" aria-labelledby="versions-title">
          <h1 id="versions-title">{t('rules.versions.title')}</h1>
          <p className="muted">{t('rules.versions.hint')}</p>
          {versions.isPending && <BoneRows rows={6} />}
          {hasFailed(versions) && <Failure error={versions.error} onRetry={again} />}
          <table hidden={!versions.data}>
            <thead>
              <tr>
                <th scope="col">{t('rules.versions.number')}</th>
                <th scope="col">{t('rules.versions.what')}</th>
                <th scope="col">{t('rules.versions.compare')}</th>
                <th scope="col">
                  <span className="sr-only">{t('rules.versions.rollback')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((v) => (
                <tr key={v.number}>
                  <td className="num">{v.number}</td>
                  <td>
                    <p>
                      {v.note || t('rules.versions.noNote')} <span className="tag">{t(`rules.versions.origins.${v.origin}`)}</span>
                      {v.number === newest?.number && <span className="tag op-added">{t('rules.versions.current')}</span>}
                    </p>
                    <p className="muted">
                      {v.author?.name ?? t('rules.versions.setup')} · {format.moment(v.at)}
                      {v.confirmed_by && ` · ${t('rules.versions.confirmed', { by: v.confirmed_by.name })}`}
                    </p>
                  </td>
                  <td className="version-pick">
                    {(['from', 'to'] as const).map((end) => (
                      <label key={end}>
                        <input
                          type="radio"
                          name={end}
                          checked={v.number === (end === 'from' ? from : to)}
                          onChange={() => onSearch({ from, to, [end]: v.number })}
                          aria-label={t(`rules.versions.${end}Of`, { n: v.number })}
                        />
                        {t(`rules.versions.${end}`)}
                      </label>
                    ))}
                  </td>
                  <td>
                    {v.number !== newest?.number && (
                      <button type="button" className="btn" onClick={() => setBack(v)}>
                        {t('rules.versions.rollback')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {versions.hasNextPage && (
            <button type="button" className="btn" disabled={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
              {t('rules.versions.more')}
            </button>
          )}
          <p className="muted">
            {t('rules.versions.yaml')} <code>{exportCommand}</code>
          </p>
        </section>
        {from !== undefined && to !== undefined && from !== to && <Compared from={from} to={to} />}
      </div>
      {back && <Rollback version={back} onClose={() => setBack(undefined)} />}
    </div>
  )
}

function Compared({ from, to }: { from: number; to: number }) {
  const { t } = useText()
  const diff = useVersionDiff(from, to)
  return (
    <section className="draft-part" aria-labelledby="diff-title" aria-busy={diff.isFetching}>
      <h2 id="diff-title">{t('rules.versions.between', { from, to })}</h2>
      {hasFailed(diff) ? <Failure error={diff.error} onRetry={() => void diff.refetch()} /> : diff.data ? <Changes changes={diff.data.changes} none={t('rules.versions.same')} /> : <BoneRows rows={3} />}
    </section>
  )
}

function Rollback({ version, onClose }: { version: Version; onClose: () => void }) {
  const { t } = useText()
  const [note, setNote] = useState('')
  const [alone, setAlone] = useState(false)
  const [waiting, setWaiting] = useState<string>()
  const rollback = useRollback(version.number)
  const refusal = useRefusal()
  const go = () =>
    rollback.mutate(
      { note: note.trim(), ...(alone ? { alone: true } : {}) },
      {
        onSuccess: (done) => {
          if (done.draft) return setWaiting(done.draft.id)
          toast(t('rules.versions.done', { n: version.number }))
          onClose()
        },
      },
    )
  return (
    <Dialog
      title={t('rules.versions.rollbackTitle', { n: version.number })}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(waiting ? 'app.close' : 'app.cancel')}
          </button>
          {!waiting && (
            <button type="button" className="btn primary" disabled={note.trim() === '' || rollback.isPending} onClick={go}>
              {t('rules.versions.rollbackGo')}
            </button>
          )}
        </>
      }
    >
      {waiting ? (
        <p className="note">
          <Icon name="info" />
          <span>
            {t('rules.publish.asked')}{' '}
            <Link to="/policy/drafts/$id" params={{ id: waiting }} onClick={onClose}>
              {t('rules.bar.see')}
            </Link>
          </span>
        </p>
      ) : (
        <div className="edit-grid">
          <p>{t('rules.versions.rollbackText')}</p>
          <label className="field-line tall">
            <span>{t('rules.publish.note')}</span>
            <textarea className="input" rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
          </label>
          {rollback.error && (
            <p className="note bad" role="alert">
              {refusal(rollback.error)}
            </p>
          )}
          {rollback.error && (
            <label className="check">
              <input type="checkbox" checked={alone} onChange={(event) => setAlone(event.target.checked)} />
              {t('rules.versions.alone')}
            </label>
          )}
        </div>
      )}
    </Dialog>
  )
}
