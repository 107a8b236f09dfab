import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { chooseDraft } from '@/api/draftedit'
import { discardDraft, saveDraft, useDraft } from '@/api/drafts'
import type { Draft } from '@/api/policytypes'
import { hasFailed, isNotFound, isRefused } from '@/api/problem'
import { useRuleKinds } from '@/api/rules'
import { Stale } from '@/fields/conflicts'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { Changes } from './changes'
import { ImpactView } from './impactview'
import { PublishPart, useRefusal } from './publish'
import { Warnings } from './warnings'
import './rules.css'
import './drafts.css'

/** One draft: what it changes, what is to think about, whom it touches, and its publication. */
export default function DraftPage({ id, hash }: { id: string; hash?: string }) {
  const { t } = useText()
  const draft = useDraft(id)
  const kinds = useRuleKinds()
  useTitle(draft.data ? t('rules.draft.pageTitle', { name: draft.data.name }) : undefined)
  const ready = Boolean(draft.data)
  useEffect(() => {
    if (ready && hash) document.getElementById(hash)?.scrollIntoView()
  }, [ready, hash])
  const failed = [draft, kinds].find(hasFailed)
  const again = () => void Promise.all([draft.refetch(), kinds.refetch()])
  if (failed && (isRefused(failed.error) || isNotFound(failed.error))) return <Failure page error={failed.error} onRetry={again} />
  return (
    <div className="rules-page">
      <PolicyTabs />
      {draft.data && kinds.data ? (
        <div className="draft-page" aria-busy={draft.isFetching}>
          <Head draft={draft.data} />
          {draft.data.stale && draft.data.state === 'open' && <Stale draft={draft.data} />}
          {draft.data.state === 'published' ? <Published draft={draft.data} /> : null}
          <section id="changes" className="draft-part" aria-labelledby="changes-title">
            <h2 id="changes-title">{t('rules.draft.changes', { count: draft.data.changes.length })}</h2>
            <Changes changes={draft.data.changes} none={t('rules.draft.none')} />
          </section>
          <Warnings draft={draft.data} />
          {(draft.data.state === 'open' || draft.data.state === 'waiting') && (
            <>
              {draft.data.problems.length === 0 && <ImpactView id={id} version={draft.data.version} kinds={kinds.data} />}
              <PublishPart draft={draft.data} />
            </>
          )}
        </div>
      ) : (
        <>
          <h1 className="sr-only">{t('rules.drafts.title')}</h1>
          {failed ? <Failure error={failed.error} onRetry={again} /> : <BoneRows />}
        </>
      )}
    </div>
  )
}

function Published({ draft }: { draft: Draft }) {
  const { t } = useText()
  return (
    <p className="note good" role="status">
      <Icon name="check" />
      <span>
        {t('rules.draft.published', { n: draft.published ?? '' })} <Link to="/policy/versions">{t('rules.versions.title')}</Link>
      </span>
    </p>
  )
}

function Head({ draft }: { draft: Draft }) {
  const { t, format } = useText()
  const navigate = useNavigate()
  const refusal = useRefusal()
  const [name, setName] = useState<string>()
  const [discarding, setDiscarding] = useState(false)
  const [error, setError] = useState<unknown>()
  const rename = async () => {
    if (name?.trim() && name.trim() !== draft.name) await saveDraft(draft, { name: name.trim() }).catch(setError)
    setName(undefined)
  }
  return (
    <header className="draft-head">
      <div>
        {name === undefined ? (
          <h1>
            {draft.name}
            {draft.can.includes('edit') && (
              <button type="button" className="quiet icon-only" aria-label={t('rules.draft.rename')} onClick={() => setName(draft.name)}>
                <Icon name="edit" />
              </button>
            )}
          </h1>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void rename()
            }}
          >
            <input className="input" aria-label={t('rules.draft.name')} autoFocus value={name} maxLength={100} onBlur={() => void rename()} onChange={(event) => setName(event.target.value)} />
          </form>
        )}
        <p className="muted">
          <span className="tag">{t(`rules.draft.states.${draft.state}`)}</span> {t('rules.draft.by', { by: draft.author.name, at: format.moment(draft.updated_at), base: draft.base })}
        </p>
      </div>
      <div className="part-foot">
        {draft.can.includes('edit') && (
          <Link className="btn" to="/policy/rules" onClick={() => chooseDraft(draft.id)}>
            {t('rules.draft.goOn')}
          </Link>
        )}
        {draft.can.includes('discard') && (
          <button type="button" className="btn danger" onClick={() => setDiscarding(true)}>
            {t('rules.draft.discard')}
          </button>
        )}
      </div>
      {Boolean(error) && <p className="note bad">{refusal(error)}</p>}
      {discarding && (
        <FormDialog
          title={t('rules.draft.discardTitle', { name: draft.name })}
          act={t('rules.draft.discard')}
          danger
          onAct={() => {
            chooseDraft(null)
            void discardDraft(draft.id).then(() => navigate({ to: '/policy/drafts' }), setError)
            setDiscarding(false)
          }}
          onCancel={() => setDiscarding(false)}
        >
          <p>{t('rules.draft.discardText')}</p>
        </FormDialog>
      )}
    </header>
  )
}
