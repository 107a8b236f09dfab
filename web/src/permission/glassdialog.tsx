import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { type NewEmergency, type Standing, useBreakGlass, useStanding } from '@/api/emergencies'
import { hasFailed, isNotFound } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import type { GlassTarget } from './breakglass'
import { Failure } from './failure'
import { useProblemText } from './problemtext'
import './glass.css'

interface Props {
  target?: GlassTarget
  onClose: () => void
}

const least = 6

/** Says what opening a record in an emergency will do, and does it. */
export default function GlassDialog({ target, onClose }: Props) {
  const { t } = useText()
  const navigate = useNavigate()
  const problem = useProblemText()
  const standing = useStanding(true)
  const breakGlass = useBreakGlass()
  const [what, setWhat] = useState<Partial<NewEmergency>>({})
  const form = useId()
  const send = () => {
    const asked = standing.data && askOf(standing.data, what, target)
    if (!asked) return
    breakGlass.mutate(asked, {
      onSuccess: (made) => {
        toast(t('emergency.opened'))
        onClose()
        void navigate({ to: '/records/$kind/$id', params: { kind: made.kind, id: made.record.id } })
      },
    })
  }
  const fault = breakGlass.error && (isNotFound(breakGlass.error) ? t('emergency.missed') : problem(breakGlass.error))
  return (
    <FormDialog
      title={t('emergency.dialog')}
      act={t('emergency.open')}
      danger
      off={!standing.data || standing.data.left === 0 || (what.reason ?? '').trim().length < least || breakGlass.isPending}
      form={form}
      onCancel={onClose}
    >
      {standing.isPending && <BoneRows rows={5} />}
      {hasFailed(standing) && <Failure error={standing.error} onRetry={() => void standing.refetch()} />}
      {standing.data && (
        <form
          id={form}
          className="glass-form"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <GlassFields standing={standing.data} target={target} what={what} onWhat={(change) => setWhat({ ...what, ...change })} />
          <Consequences standing={standing.data} />
        </form>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
    </FormDialog>
  )
}

/** The request as it will be sent: what was not chosen is as the company has it. */
function askOf(standing: Standing, what: Partial<NewEmergency>, target?: GlassTarget): NewEmergency | undefined {
  const kind = standing.kinds.find((k) => k.kind === (target?.kind ?? what.kind)) ?? (target ? undefined : standing.kinds[0])
  if (!kind) return undefined
  const named = target ? { record: target.id } : { field: what.field ?? kind.fields[0]?.name, value: what.value?.trim() ?? '' }
  return { kind: kind.kind, ...named, with: what.with ?? [], minutes: what.minutes ?? standing.settings.minutes, reason: what.reason?.trim() ?? '' }
}

interface FieldsProps {
  standing: Standing
  target?: GlassTarget
  what: Partial<NewEmergency>
  onWhat: (change: Partial<NewEmergency>) => void
}

function GlassFields({ standing, target, what, onWhat }: FieldsProps) {
  const { t, pick } = useText()
  const id = useId()
  const most = standing.settings.minutes
  const lengths = [5, 10, 15, 30, 60, 120, 240].filter((n) => n < most).concat(most)
  const kind = standing.kinds.find((k) => k.kind === (target?.kind ?? what.kind)) ?? (target ? undefined : standing.kinds[0])
  if (!kind) return <p className="note warn">{t('emergency.notThis')}</p>
  const along = what.with ?? []
  return (
    <>
      {!target && (
        <div className="glass-named">
          <label>
            <span>{t('emergency.kind')}</span>
            <select className="input" value={kind.kind} onChange={(event) => onWhat({ kind: event.target.value, field: undefined, with: [] })}>
              {standing.kinds
                .filter((k) => k.fields.length > 0)
                .map((k) => (
                  <option key={k.kind} value={k.kind}>
                    {pick(k.label)}
                  </option>
                ))}
            </select>
          </label>
          <label>
            <span>{t('emergency.by')}</span>
            <select className="input" value={what.field ?? kind.fields[0]?.name} onChange={(event) => onWhat({ field: event.target.value })}>
              {kind.fields.map((f) => (
                <option key={f.name} value={f.name}>
                  {pick(f.label)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t('emergency.value')}</span>
            <input className="input" required autoComplete="off" maxLength={200} value={what.value ?? ''} onChange={(event) => onWhat({ value: event.target.value })} />
          </label>
        </div>
      )}
      <label htmlFor={id}>
        <span>{t('emergency.reason')}</span>
      </label>
      <textarea
        id={id}
        className="input"
        rows={3}
        required
        minLength={least}
        maxLength={500}
        placeholder={t('emergency.reasonHint', { min: least })}
        value={what.reason ?? ''}
        onChange={(event) => onWhat({ reason: event.target.value })}
      />
      <label>
        <span>{t('emergency.length')}</span>
        <select className="input" value={what.minutes ?? most} onChange={(event) => onWhat({ minutes: Number(event.target.value) })}>
          {lengths.map((n) => (
            <option key={n} value={n}>
              {t('emergency.minutes', { n, count: n })}
            </option>
          ))}
        </select>
      </label>
      {kind.with.length > 0 && (
        <fieldset>
          <legend>{t('emergency.with')}</legend>
          <div className="glass-along">
            {kind.with.map((part) => (
              <label key={part.relation}>
                <input
                  type="checkbox"
                  checked={along.includes(part.relation)}
                  onChange={(event) => onWhat({ with: event.target.checked ? [...along, part.relation] : along.filter((r) => r !== part.relation) })}
                />
                {pick(part.label)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}

/** What it will do, and who will be told: before, not after. */
function Consequences({ standing }: { standing: Standing }) {
  const { t } = useText()
  const { settings, reviewers, left } = standing
  const between = t('emergency.between')
  return (
    <ul className="glass-says">
      <li>{t('emergency.shows', { classes: settings.classes.map((c) => t(`classes.${c as 'general'}`)).join(between) })}</li>
      <li>{t('emergency.tells')}</li>
      <li>
        {reviewers.length > 0
          ? t('emergency.reviews', { who: reviewers.map((r) => r.name).join(between), hours: settings.review_hours, count: settings.review_hours })
          : t('emergency.nobody')}
      </li>
      <li>{t('emergency.left', { n: left, count: left })}</li>
    </ul>
  )
}
