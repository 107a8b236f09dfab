import { type ReactNode, useId, useState } from 'react'
import { type RouteTo, type Routing, type RoutingParts, usePutRouting } from '@/api/routings'
import { useTags } from '@/api/tags'
import type { RuleKind } from '@/api/rules'
import type { Label } from '@/api/types'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'

interface Props {
  start: RoutingParts | Routing
  kinds: RuleKind[]
  positions: { code: string; label: Label }[]
  onClose: () => void
}

const tos: RouteTo[] = ['owner', 'head', 'position']

/** Writes a routing: when what appears, who does what until when. */
export function RoutingDialog({ start, kinds, positions, onClose }: Props) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const put = usePutRouting()
  const over = 'id' in start ? start : undefined
  const [parts, setParts] = useState<RoutingParts>(() => {
    const { name, kind, tag, field, stage, to, position, task, hours } = start
    return { name, kind, tag, field, stage, to, position, task, hours }
  })
  const [byStage, setByStage] = useState(start.stage !== undefined)
  const set = (change: Partial<RoutingParts>) => setParts({ ...parts, ...change })
  const owned = kinds.filter((k) => k.name !== 'task' && k.stages.length > 0 && k.fields.some((f) => f.name === 'owner'))
  const kind = kinds.find((k) => k.name === parts.kind)
  const groups = kind?.fields.filter((f) => f.group) ?? []
  const group = byStage ? undefined : groups.find((f) => f.name === parts.field)
  const tags = useTags(parts.kind, !byStage && !group)
  const offered = useId()
  const save = () => {
    const { tag, field, stage, position, hours, ...rest } = parts
    const trimmed = { ...rest, name: parts.name.trim(), task: parts.task.trim() }
    const when = byStage ? { stage: stage ?? kind?.stages[0]?.code } : group ? { field, tag: tag ?? group.choices?.[0]?.code } : { tag: tag?.trim() }
    const to = parts.to === 'position' ? { position: position ?? positions[0]?.code } : {}
    put.mutate({ parts: { ...trimmed, ...when, ...to, ...(hours ? { hours } : {}) }, over }, { onSuccess: onClose })
  }
  return (
    <Dialog
      title={t(over ? 'company.routing.edit' : 'company.routing.add')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.cancel')}
          </button>
          <button type="submit" form="routing" className="btn primary" disabled={put.isPending}>
            {t('company.save')}
          </button>
        </>
      }
    >
      <form
        id="routing"
        className="change-form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Row label={t('company.routing.name')}>
          {(id) => <input className="input" id={id} required maxLength={100} autoComplete="off" value={parts.name} onChange={(e) => set({ name: e.target.value })} />}
        </Row>
        <Row label={t('company.routing.kind')}>
          {(id) => (
            <select className="input" id={id} value={parts.kind} onChange={(e) => set({ kind: e.target.value, stage: undefined, field: undefined })}>
              {owned.map((k) => (
                <option key={k.name} value={k.name}>
                  {pick(k.label)}
                </option>
              ))}
            </select>
          )}
        </Row>
        <Row label={t('company.routing.when')}>
          {(id) => (
            <select
              className="input"
              id={id}
              value={byStage ? 'stage' : (group?.name ?? 'tag')}
              onChange={(e) => {
                setByStage(e.target.value === 'stage')
                set({ field: groups.find((f) => f.name === e.target.value)?.name, tag: undefined })
              }}
            >
              <option value="tag">{t('company.routing.tagAppears')}</option>
              {groups.map((f) => (
                <option key={f.name} value={f.name}>
                  {t('company.routing.groupAppears', { group: pick(f.label) })}
                </option>
              ))}
              <option value="stage">{t('company.routing.stageAppears')}</option>
            </select>
          )}
        </Row>
        {byStage ? (
          <Row label={t('company.routing.stage')}>
            {(id) => (
              <select className="input" id={id} value={parts.stage} onChange={(e) => set({ stage: e.target.value })}>
                {kind?.stages.map((s) => (
                  <option key={s.code} value={s.code}>
                    {pick(s.label)}
                  </option>
                ))}
              </select>
            )}
          </Row>
        ) : group ? (
          <Row label={t('company.routing.tag')}>
            {(id) => (
              <select className="input" id={id} value={parts.tag} onChange={(e) => set({ tag: e.target.value })}>
                {group.choices?.map((c) => (
                  <option key={c.code} value={c.code}>
                    {pick(c.label)}
                  </option>
                ))}
              </select>
            )}
          </Row>
        ) : (
          <Row label={t('company.routing.tag')}>
            {(id) => (
              <>
                <input className="input" id={id} list={offered} required maxLength={60} autoComplete="off" value={parts.tag ?? ''} onChange={(e) => set({ tag: e.target.value })} />
                <datalist id={offered}>
                  {tags.map((tag) => (
                    <option key={tag} value={tag} />
                  ))}
                </datalist>
              </>
            )}
          </Row>
        )}
        <Row label={t('company.routing.to')}>
          {(id) => (
            <select className="input" id={id} value={parts.to} onChange={(e) => set({ to: e.target.value as RouteTo })}>
              {tos.map((to) => (
                <option key={to} value={to}>
                  {t(`company.routing.of.${to}`)}
                </option>
              ))}
            </select>
          )}
        </Row>
        {parts.to === 'position' && (
          <Row label={t('company.position')}>
            {(id) => (
              <select className="input" id={id} value={parts.position} onChange={(e) => set({ position: e.target.value })}>
                {positions.map((p) => (
                  <option key={p.code} value={p.code}>
                    {pick(p.label)}
                  </option>
                ))}
              </select>
            )}
          </Row>
        )}
        <Row label={t('company.routing.task')}>
          {(id) => <input className="input" id={id} required maxLength={100} autoComplete="off" value={parts.task} onChange={(e) => set({ task: e.target.value })} />}
        </Row>
        <Row label={t('company.routing.hours')}>
          {(id) => (
            <input
              className="input"
              id={id}
              type="number"
              inputMode="numeric"
              min={0}
              max={10_000}
              value={parts.hours ?? ''}
              onChange={(e) => set({ hours: e.target.value === '' ? undefined : Number(e.target.value) })}
            />
          )}
        </Row>
        <p className="muted">{t('company.routing.hint')}</p>
        {put.isError && (
          <p className="note bad" role="alert">
            {problemText(put.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function Row({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="o-pick">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
