import { useState } from 'react'
import { usePositions } from '@/api/packs'
import { hasFailed, isRefused } from '@/api/problem'
import { type RuleKind, useRuleKinds } from '@/api/rules'
import { type Routing, type RoutingParts, useDeleteRouting, useRoutings } from '@/api/routings'
import { useMe } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { toast } from '@/ui/toast'
import { RoutingDialog } from './routingdialog'
import './routing.css'

const blank: RoutingParts = { name: '', kind: 'customer', to: 'position', task: '' }

/** Whom a tag or stage concerns: who gets a task and a notice when it appears on a record. */
export default function RoutingPage() {
  const { t } = useText()
  useTitle(t('company.routing.title'))
  const me = useMe()
  const routings = useRoutings()
  const kinds = useRuleKinds()
  const positions = usePositions()
  const [edited, setEdited] = useState<RoutingParts | Routing>()
  const asked = [routings, kinds, positions]
  const wrong = asked.find(hasFailed)
  const again = () => void Promise.all(asked.map((query) => query.refetch()))
  if (wrong) return <Failure page={isRefused(wrong.error)} error={wrong.error} onRetry={again} />
  const may = me.data?.can.includes('policy') ?? false
  const add = may && (
    <button type="button" className="btn primary" onClick={() => setEdited(blank)}>
      <Icon name="plus" />
      {t('company.routing.add')}
    </button>
  )
  return (
    <div className="routing-page">
      <header>
        <h1>{t('company.routing.title')}</h1>
        {add}
      </header>
      <p className="muted">{t('company.routing.lead')}</p>
      {!routings.data || !kinds.data || !positions.data ? (
        <BoneRows />
      ) : routings.data.length === 0 ? (
        <State icon="bell" title={t('company.routing.none')} text={t('company.routing.noneText')} />
      ) : (
        <ul>
          {routings.data.map((routing) => (
            <Line key={routing.id} routing={routing} kind={kinds.data.find((k) => k.name === routing.kind)} may={may} onEdit={() => setEdited(routing)} />
          ))}
        </ul>
      )}
      {edited && kinds.data && positions.data && (
        <RoutingDialog start={edited} kinds={kinds.data} positions={positions.data.items} onClose={() => setEdited(undefined)} />
      )}
    </div>
  )
}

function Line({ routing, kind, may, onEdit }: { routing: Routing; kind?: RuleKind; may: boolean; onEdit: () => void }) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const positions = usePositions()
  const remove = useDeleteRouting()
  const stage = kind?.stages.find((s) => s.code === routing.stage)
  const tag = kind?.fields.find((f) => f.name === routing.field)?.choices?.find((c) => c.code === routing.tag)
  const position = positions.data?.items.find((p) => p.code === routing.position)
  const words = {
    kind: kind ? pick(kind.label) : routing.kind,
    what: (tag && pick(tag.label)) ?? routing.tag ?? (stage ? pick(stage.label) : routing.stage),
    to: routing.to === 'position' ? (position ? pick(position.label) : routing.position) : t(`company.routing.of.${routing.to}`),
    task: routing.task,
    count: routing.hours ?? 0,
  }
  return (
    <li className="card">
      <h2>{routing.name}</h2>
      <p>
        {t(routing.tag ? 'company.routing.saidTag' : 'company.routing.saidStage', words)}
        {words.count > 0 && t('company.routing.saidHours', words)}
        {t('company.routing.stop')}
      </p>
      {remove.isError && (
        <p className="note bad" role="alert">
          {problemText(remove.error)}
        </p>
      )}
      {may && (
        <span className="routing-acts">
          <button type="button" className="btn" onClick={onEdit} aria-label={t('company.routing.editOf', { name: routing.name })}>
            {t('company.routing.edit')}
          </button>
          <button
            type="button"
            className="btn danger"
            disabled={remove.isPending}
            aria-label={t('company.routing.removeOf', { name: routing.name })}
            onClick={() => remove.mutate(routing, { onSuccess: () => toast(t('company.routing.removed')) })}
          >
            {t('company.takeAway')}
          </button>
        </span>
      )}
    </li>
  )
}
