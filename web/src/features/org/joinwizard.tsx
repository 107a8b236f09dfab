import { useState } from 'react'
import { type Changes, usePositions } from '@/api/company'
import { useText } from '@/lib/usetext'
import { ChangeDialog } from './changedialog'
import { Handed } from './handed'
import { UnitPick } from './pick'

export const atDay = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined)

export function PositionSelect({ value, onChange, label }: { value: string; onChange: (code: string) => void; label?: string }) {
  const { t, pick } = useText()
  const positions = usePositions()
  return (
    <div className="o-pick">
      <label htmlFor="appointed-position">{label ?? t('company.position')}</label>
      <select className="input" id="appointed-position" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>
          {t('form.choose')}
        </option>
        {(positions.data?.items ?? []).map((position) => (
          <option key={position.code} value={position.code}>
            {pick(position.label)}
          </option>
        ))}
      </select>
    </div>
  )
}

interface FieldProps {
  label: string
  value: string
  onChange: (text: string) => void
  type?: string
  hint?: string
}

export function Field({ label, value, onChange, type = 'text', hint }: FieldProps) {
  const id = `field-${label}`
  return (
    <div className="o-pick">
      <label htmlFor={id}>{label}</label>
      <input className="input" id={id} type={type} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
      {hint && <span className="muted">{hint}</span>}
    </div>
  )
}

/** 入职: the person, where they are appointed, how they sign in; all of it or nothing. */
export function JoinWizard({ unit: at, onClose }: { unit?: string; onClose: () => void }) {
  const { t } = useText()
  const [form, setForm] = useState({ name: '', login: '', phone: '', position: '', from: '', until: '' })
  const [unit, setUnit] = useState(at)
  const [account, setAccount] = useState(true)
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  let changes: Changes | undefined
  if (form.name.trim() && form.login.trim() && unit && form.position) {
    const fields: Record<string, string> = { name: form.name.trim(), login: form.login.trim() }
    if (form.phone.trim()) fields.phone = form.phone.trim()
    changes = {
      join: [{ fields, appointments: [{ unit, position: form.position, from: atDay(form.from), until: atDay(form.until) }], account }],
    }
  }
  return (
    <ChangeDialog
      title={t('company.join.title')}
      changes={changes}
      confirm={t('company.join.confirm')}
      done={t('company.join.done', { name: form.name })}
      result={(made) => <Handed list={made.joined.filter((one) => one.password !== '')} empty={t('company.join.noAccount')} />}
      onClose={onClose}
    >
      <div className="o-pick-two">
        <Field label={t('company.join.name')} value={form.name} onChange={(name) => set({ name })} />
        <Field label={t('company.join.login')} value={form.login} onChange={(login) => set({ login })} />
      </div>
      <Field label={t('company.join.phone')} type="tel" value={form.phone} onChange={(phone) => set({ phone })} />
      <div className="o-pick-two">
        <UnitPick label={t('company.unitWord')} value={unit} onPick={setUnit} />
        <PositionSelect value={form.position} onChange={(position) => set({ position })} />
      </div>
      <div className="o-pick-two">
        <Field label={t('company.from')} type="date" value={form.from} onChange={(from) => set({ from })} hint={t('company.fromHint')} />
        <Field label={t('company.until')} type="date" value={form.until} onChange={(until) => set({ until })} hint={t('company.untilHint')} />
      </div>
      <label className="o-check">
        <input type="checkbox" checked={account} onChange={(event) => setAccount(event.target.checked)} />
        {t('company.join.account')}
      </label>
    </ChangeDialog>
  )
}
