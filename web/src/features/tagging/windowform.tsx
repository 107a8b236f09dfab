import type { RuleField } from '@/api/rules'
import type { TagTerm, TagWindow } from '@/api/taggroups'
import { useText } from '@/lib/usetext'

interface Props {
  /** Of one date, of the record itself or of the last of others: it has one window, always. */
  one: boolean
  dates: RuleField[]
  term: TagTerm
  onTerm: (term: TagTerm) => void
}

const modes = ['ago', 'this', 'past', 'each', 'ahead'] as const
const units = ['day', 'month', 'quarter', 'year'] as const

/** Which days a term looks at. */
export function WindowForm({ one, dates, term, onTerm }: Props) {
  const { t, pick } = useText()
  const w = term.window
  const set = (part: Partial<TagWindow>) => onTerm({ ...term, window: { ...(w ?? { mode: 'ago', unit: 'day', to: 90 }), ...part } })
  const open = w?.mode === 'ago' && w.from !== undefined
  const rolls = w?.mode === 'ago' || w?.mode === 'ahead'
  const mode = (name: string) => {
    if (name === '') onTerm({ ...term, window: undefined, date: undefined })
    else if (name === 'this') set({ mode: 'this', from: undefined, to: undefined })
    else {
      const next = name as TagWindow['mode']
      const unit = (next === 'ago' || next === 'ahead') && w?.unit === 'quarter' ? 'month' : w?.unit
      set({ mode: next, unit: unit ?? 'month', to: w?.to ?? 1, from: next === 'ago' || next === 'ahead' ? w?.from : undefined })
    }
  }
  const number = (key: 'from' | 'to', label: string) => (
    <label>
      {label}
      <input
        className="input num"
        type="number"
        inputMode="numeric"
        min={key === 'to' ? 1 : 0}
        required={key === 'to' && !open}
        max={3660}
        value={w?.[key] ?? (key === 'from' ? 0 : '')}
        onChange={(event) => set({ [key]: event.target.value === '' ? undefined : Number(event.target.value) || undefined })}
      />
    </label>
  )
  return (
    <div className="tagging-line">
      {w && (
        <label>
          {t('tagging.term.date')}
          <select className="input" value={term.date ?? 'created_at'} onChange={(event) => onTerm({ ...term, date: event.target.value })}>
            {dates.map((f) => (
              <option key={f.name} value={f.name}>
                {pick(f.label)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('tagging.term.window')}
        <select className="input" value={w?.mode ?? ''} onChange={(event) => mode(event.target.value)}>
          {!one && <option value="">{t('tagging.term.ever')}</option>}
          {modes
            .filter((m) => !one || m !== 'each')
            .map((m) => (
              <option key={m} value={m}>
                {t(`tagging.modes.${m}`)}
              </option>
            ))}
        </select>
      </label>
      {w && (
        <>
          {rolls && number('from', t('tagging.term.from'))}
          {w.mode !== 'this' && number('to', t(open ? 'tagging.term.toOpen' : rolls ? 'tagging.term.to' : 'tagging.term.many'))}
          <label>
            {t('tagging.term.unit')}
            <select className="input" value={w.unit} onChange={(event) => set({ unit: event.target.value as TagWindow['unit'] })}>
              {units
                .filter((u) => !rolls || u !== 'quarter')
                .map((u) => (
                  <option key={u} value={u}>
                    {t(`tagging.units.${u}`, { count: 2 })}
                  </option>
                ))}
            </select>
          </label>
        </>
      )}
    </div>
  )
}
