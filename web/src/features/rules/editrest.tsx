import { useEffect } from 'react'
import type { Duty } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import type { PartProps } from './part'
import { approvalWords } from './words'

const local = (iso: string | undefined): string => {
  if (!iso) return ''
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const instant = (text: string): string | undefined => (text ? new Date(text).toISOString() : undefined)

/** 多久: from – until, both open when empty. */
export function EditWindow({ rule, onChange, onReady }: PartProps) {
  const { t } = useText()
  const set = (part: 'from' | 'until', text: string) => {
    const next = { ...rule, [part]: instant(text) }
    onChange(next)
    onReady(!next.from || !next.until || next.from < next.until)
  }
  const wrong = rule.from && rule.until && rule.from >= rule.until
  return (
    <div className="edit-grid">
      {(['from', 'until'] as const).map((part) => (
        <label key={part} className="field-line">
          <span>{t(`rules.window.${part}Label`)}</span>
          <input className="input" type="datetime-local" value={local(rule[part])} onChange={(event) => set(part, event.target.value)} />
        </label>
      ))}
      <p className={wrong ? 'cond-problem' : 'muted'}>{t(wrong ? 'rules.window.wrong' : 'rules.window.hint')}</p>
    </div>
  )
}

/** 为什么: the business reason, without which a rule is refused. */
export function EditScene({ rule, onChange, onReady }: PartProps) {
  const { t } = useText()
  const empty = rule.scene.trim() === ''
  useEffect(() => onReady(!empty), [empty, onReady])
  return (
    <div className="edit-grid">
      <label className="field-line tall">
        <span>{t('rules.scene.label')}</span>
        <textarea
          className="input"
          rows={2}
          maxLength={500}
          required
          value={rule.scene}
          placeholder={t('rules.scene.example')}
          onChange={(event) => onChange({ ...rule, scene: event.target.value })}
        />
      </label>
      <label className="field-line">
        <span>{t('rules.scene.name')}</span>
        <input className="input" maxLength={80} value={rule.name ?? ''} onChange={(event) => onChange({ ...rule, name: event.target.value || undefined })} />
      </label>
      <label className="check">
        <input type="checkbox" checked={rule.sensitive ?? false} onChange={(event) => onChange({ ...rule, sensitive: event.target.checked || undefined })} />
        {t('rules.scene.sensitive')}
      </label>
    </div>
  )
}

const usual = ['@chain', '@head', '@head @head_above', '@owner_head', '@head @pack:administrator', '@head+@pack:administrator']

/** What must be done before the action takes place. */
export function EditDuty({ rule, named, onChange }: PartProps) {
  const { t, pick } = useText()
  const duty = rule.duty ?? {}
  const stands = duty.approval?.join(' ') ?? ''
  const known = stands === '' || usual.includes(stands) || named.positions.some((p) => p.code === stands) ? usual : [...usual, stands]
  const set = (change: Duty) => {
    const next = { ...duty, ...change }
    const some = next.approval?.length || next.reason || next.second_factor || next.watermark
    onChange({ ...rule, duty: some ? next : undefined })
  }
  return (
    <div className="edit-grid">
      {(['reason', 'second_factor', 'watermark'] as const).map((name) => (
        <label key={name} className="check">
          <input type="checkbox" checked={duty[name] ?? false} onChange={(event) => set({ [name]: event.target.checked || undefined })} />
          {t(`rules.duty.${name}`)}
        </label>
      ))}
      <label className="field-line">
        <span>{t('rules.duty.approval')}</span>
        <select className="input" value={duty.approval?.join(' ') ?? ''} onChange={(event) => set({ approval: event.target.value ? event.target.value.split(' ') : undefined })}>
          <option value="">{t('rules.duty.noApproval')}</option>
          {known.map((value) => (
            <option key={value} value={value}>
              {approvalWords({ t, pick }, named, value.split(' '))}
            </option>
          ))}
          {named.positions.map((p) => (
            <option key={p.code} value={p.code}>
              {pick(p.label)}
            </option>
          ))}
        </select>
        {stands !== '' && <span className="muted">{t('rules.duty.approvalHint')}</span>}
      </label>
    </div>
  )
}
