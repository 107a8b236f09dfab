import { Link } from '@tanstack/react-router'
import { useDrafts } from '@/api/drafts'
import { hasFailed, isRefused } from '@/api/problem'
import { DraftBar } from '@/fields/draftbar'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import './rules.css'
import './drafts.css'

/** The drafts that are open or wait for a second person. */
export default function DraftsPage() {
  const { t, format } = useText()
  useTitle(t('rules.drafts.title'))
  const drafts = useDrafts()
  const again = () => void drafts.refetch()
  if (isRefused(drafts.error)) return <Failure page error={drafts.error} onRetry={again} />
  return (
    <div className="rules-page">
      <PolicyTabs />
      {!hasFailed(drafts) && <DraftBar />}
      <div className="draft-page">
        <h1>{t('rules.drafts.title')}</h1>
        {drafts.isPending && <BoneRows rows={4} />}
        {hasFailed(drafts) && <Failure error={drafts.error} onRetry={again} />}
        {drafts.data?.length === 0 && <State icon="empty" title={t('rules.drafts.none')} text={t('rules.drafts.noneText')} />}
        <ul className="drafts">
          {drafts.data?.map((d) => (
            <li key={d.id}>
              <Link className="draft-line" to="/policy/drafts/$id" params={{ id: d.id }}>
                <strong>{d.name}</strong>
                <span className={d.state === 'waiting' ? 'tag op-changed' : 'tag'}>{t(`rules.draft.states.${d.state}`)}</span>
                {d.sensitive && <span className="tag op-removed">{t('rules.sensitive')}</span>}
                {d.stale && <span className="tag op-changed">{t('rules.drafts.stale')}</span>}
                <span className="muted">{t('rules.draft.by', { by: d.author.name, at: format.moment(d.updated_at), base: d.base })}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
