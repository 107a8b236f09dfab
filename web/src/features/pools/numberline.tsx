import { useId } from 'react'
import { useText } from '@/lib/usetext'

interface Props {
  label: string
  unit: string
  value: number | undefined
  onChange: (value: number | undefined) => void
}

const most = 100_000

/** A number with its unit; empty, there is no limit. */
export function NumberLine({ label, unit, value, onChange }: Props) {
  const { t } = useText()
  const id = useId()
  return (
    <div className="pool-number">
      <label htmlFor={id}>{label}</label>
      <span>
        <input
          id={id}
          className="input num"
          inputMode="numeric"
          placeholder={t('pools.set.unlimited')}
          value={value ? String(value) : ''}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '')
            onChange(digits === '' ? undefined : Math.min(Number(digits), most) || undefined)
          }}
        />
        {unit}
      </span>
    </div>
  )
}
