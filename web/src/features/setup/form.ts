import type { TradePosition } from '@/api/setup'
import type { useText } from '@/lib/usetext'
import { readUnits } from './unittext'

// What was typed, whichever step it stands on.

export interface Form {
  company: string
  name: string
  login: string
  password: string
  again: string
  seesAll: boolean
  trade: string
  positions: TradePosition[]
  units: string
  /** The trade whose example stands in units; another trade does not write over what was typed. */
  example: string
  sample: boolean
}

export const empty: Form = {
  company: '',
  name: '',
  login: 'admin',
  password: '',
  again: '',
  seesAll: true,
  trade: '',
  positions: [],
  units: '',
  example: '',
  sample: false,
}

export const steps = ['company', 'admin', 'trade', 'units', 'review'] as const
export type Step = (typeof steps)[number]
export type Mistakes = Record<string, string>

export interface StepProps {
  form: Form
  change: (part: Partial<Form>) => void
  wrong: Mistakes
}

type Translate = ReturnType<typeof useText>['t']

/** What a step lacks, by field, before anything is sent. */
export function mistakes(step: Step, form: Form, t: Translate): Mistakes {
  const wrong: Mistakes = {}
  const need = (field: string, value: string) => {
    if (value.trim() === '') wrong[field] = t('setup.required')
  }
  if (step === 'company') {
    need('company.name', form.company)
    if (form.company.includes('/')) wrong['company.name'] = t('setup.company.slash')
  }
  if (step === 'admin') {
    need('admin.name', form.name)
    need('admin.login', form.login)
    if (form.password.length < 8) wrong['admin.password'] = t('setup.admin.short8')
    else if (form.password !== form.again) wrong['admin.again'] = t('setup.admin.differs')
  }
  if (step === 'trade' && form.trade === '') wrong.trade = t('setup.trade.choose')
  if (step === 'units' && readUnits(form.units).some((unit) => unit.name.length > 100)) wrong.units = t('setup.units.long')
  return wrong
}

/** The step on which a place of the server's answer stands. */
export function placeOf(at: string | undefined): Step | undefined {
  if (!at) return undefined
  if (at.startsWith('company')) return 'company'
  if (at.startsWith('admin')) return 'admin'
  if (at.startsWith('unit')) return 'units'
  return at.startsWith('trade') || at.startsWith('position') ? 'trade' : undefined
}
