import { type FormEvent, useEffect, useState } from 'react'
import { problemOf } from '@/api/problem'
import { setUp, useSetupNeeded, useTrades } from '@/api/setup'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Logo } from '@/ui/logo'
import { LanguageButtons } from '@/ui/preferences'
import { BoneRows, State } from '@/ui/states'
import { Failure } from '@/permission/failure'
import { hasFailed } from '@/api/problem'
import { CodeStep } from './codestep'
import { AdminStep, CompanyStep } from './whostep'
import { empty, type Form, mistakes, type Mistakes, placeOf, type Step, steps } from './form'
import { ReviewStep } from './reviewstep'
import { TradeStep } from './tradestep'
import { UnitStep } from './unitstep'
import { readUnits } from './unittext'
import './setup.css'

const codeInLink = () => /[#&]code=([a-z0-9]+)/i.exec(location.hash)?.[1] ?? ''

/** The first thing that somebody sees of the product: five steps to a company. */
export default function SetupPage({ onDone, onSignIn }: { onDone: () => void; onSignIn: () => void }) {
  const { t, lang, pick } = useText()
  const problemText = useProblemText()
  const needed = useSetupNeeded()
  const [code, setCode] = useState(codeInLink)
  const trades = useTrades(code)
  const [form, setForm] = useState<Form>(empty)
  const [step, setStep] = useState<Step>('company')
  const [wrong, setWrong] = useState<Mistakes>({})
  const [busy, setBusy] = useState(false)
  useTitle(t('setup.title'))
  useEffect(() => document.getElementById('setup-step')?.focus(), [step])

  if (needed.isPending) return <BoneRows />
  if (hasFailed(needed)) return <Failure page error={needed.error} onRetry={() => void needed.refetch()} />
  if (needed.data?.needed === false)
    return (
      <State page icon="check" title={t('setup.closedTitle')} text={t('setup.closed')}>
        <button type="button" className="btn primary" onClick={onSignIn}>
          {t('setup.toSignIn')}
        </button>
      </State>
    )
  if (code === '' || trades.isError)
    return (
      <Frame>
        <CodeStep failure={trades.isError ? problemText(trades.error) : undefined} onCode={setCode} />
      </Frame>
    )
  if (!trades.data) return <BoneRows />
  const trade = trades.data.items.find((one) => one.id === form.trade)
  const at = steps.indexOf(step)
  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part })
    setWrong({})
  }

  const finish = async () => {
    setBusy(true)
    const known = Object.fromEntries((trade?.units ?? []).map((unit) => [pick(unit.name), unit.type]))
    try {
      await setUp({
        code,
        company: { name: form.company.trim() },
        admin: { name: form.name.trim(), login: form.login.trim(), password: form.password, sees_all: form.seesAll },
        trade: form.trade,
        units: readUnits(form.units, known).map(({ name, type, parent }) => ({ name, type, parent })),
        positions: form.positions,
        sample: form.sample,
        lang: lang.startsWith('zh') ? 'zh' : 'en',
      })
      onDone()
    } catch (error) {
      const problem = problemOf(error)
      const first = problem.errors?.[0]?.at ?? (problem as { at?: string }).at
      setWrong({ [first ?? 'all']: problemText(error), all: problemText(error) })
      const place = placeOf(first)
      if (place) setStep(place)
      setBusy(false)
    }
  }

  const next = (event: FormEvent) => {
    event.preventDefault()
    const found = mistakes(step, form, t)
    setWrong(found)
    if (Object.keys(found).length > 0) return
    if (step === 'review') void finish()
    else setStep(steps[at + 1] ?? step)
  }

  const parts = { form, change, wrong }
  return (
    <Frame at={at} onStep={(to) => to < at && setStep(steps[to] ?? step)}>
      <form className="setup-form" onSubmit={next} noValidate>
        <h1 id="setup-step" tabIndex={-1}>
          {t(`setup.${step}.title`)}
        </h1>
        <p className="setup-lead">{t(`setup.${step}.lead`)}</p>
        {step === 'company' && <CompanyStep {...parts} />}
        {step === 'admin' && <AdminStep {...parts} />}
        {step === 'trade' && <TradeStep {...parts} trades={trades.data.items} packs={trades.data.packs} />}
        {step === 'units' && <UnitStep {...parts} trade={trade} />}
        {step === 'review' && <ReviewStep {...parts} trade={trade} />}
        {wrong.all && (
          <p className="note bad" role="alert">
            {wrong.all}
          </p>
        )}
        <footer className="setup-foot">
          {at > 0 && (
            <button type="button" className="btn" onClick={() => setStep(steps[at - 1] ?? step)}>
              {t('setup.back')}
            </button>
          )}
          <button type="submit" className="btn primary" disabled={busy}>
            {step === 'review' ? t(busy ? 'setup.busy' : 'setup.finish') : t('setup.next')}
          </button>
        </footer>
      </form>
    </Frame>
  )
}

function Frame({ at, onStep, children }: { at?: number; onStep?: (to: number) => void; children: React.ReactNode }) {
  const { t } = useText()
  return (
    <div className="setup">
      <aside className="setup-side">
        <div className="setup-brand">
          <Logo />
          <span>{t('app.name')}</span>
        </div>
        <p className="setup-pitch">{t('setup.pitch')}</p>
        {at !== undefined && (
          <ol className="setup-steps" aria-label={t('setup.steps')}>
            {steps.map((step, index) => (
              <li key={step} aria-current={index === at ? 'step' : undefined} className={index < at ? 'done' : ''}>
                <button type="button" disabled={index >= at} onClick={() => onStep?.(index)}>
                  <span className="setup-number">{index < at ? '✓' : index + 1}</span>
                  {t(`setup.${step}.short`)}
                </button>
              </li>
            ))}
          </ol>
        )}
      </aside>
      <main className="setup-main">
        <div className="setup-lang">
          <LanguageButtons />
        </div>
        {children}
      </main>
    </div>
  )
}
