import { useState } from 'react'
import { hasFailed, isRefused } from '@/api/problem'
import { type RuleKind, useRuleKinds } from '@/api/rules'
import { useMe } from '@/api/session'
import { useStages } from '@/api/stages'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { StageForm } from './stageform'
import './stages.css'

interface Props {
  kind?: string
  onKind: (kind: string) => void
}

/** The stages of each kind: their names and order, and the moves that are allowed. */
export default function StagesPage({ kind: asked, onKind }: Props) {
  const { t, pick } = useText()
  useTitle(t('tagging.stages.title'))
  const kinds = useRuleKinds()
  const staged = kinds.data?.filter((k) => k.stages.length > 0 && k.name !== 'person')
  const kind = staged?.find((k) => k.name === asked) ?? staged?.[0]
  return (
    <div className="policy-page stages-page">
      <PolicyTabs />
      <div className="stages-body">
        <header>
          <h1>{t('tagging.stages.title')}</h1>
          {kind && (
            <label className="stages-kind">
              {t('tagging.kind')}
              <select className="input" value={kind.name} onChange={(event) => onKind(event.target.value)}>
                {staged?.map((k) => (
                  <option key={k.name} value={k.name}>
                    {pick(k.label)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </header>
        <p className="muted">{t('tagging.stages.lead')}</p>
        {hasFailed(kinds) ? (
          <Failure page={isRefused(kinds.error)} error={kinds.error} onRetry={() => void kinds.refetch()} />
        ) : kind ? (
          <StagesOf key={kind.name} kind={kind} />
        ) : (
          <BoneRows />
        )}
      </div>
    </div>
  )
}

function StagesOf({ kind }: { kind: RuleKind }) {
  const stages = useStages(kind.name)
  const me = useMe()
  const [saved, setSaved] = useState(0)
  if (hasFailed(stages)) return <Failure error={stages.error} onRetry={() => void stages.refetch()} />
  if (!stages.data || !me.data) return <BoneRows rows={8} />
  return <StageForm key={saved} kind={kind} given={stages.data} may={me.data.can.includes('policy')} onSaved={() => setSaved(saved + 1)} />
}
