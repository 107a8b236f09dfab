import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { GrantPlan } from '@/api/grants'
import { type NewShare, useOpenSandbox } from '@/api/sandboxes'
import { useMe } from '@/api/session'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { momentsOf, type Window } from '@/permission/grantwindow'
import { useProblemText } from '@/permission/problemtext'
import { WindowFields } from '@/permission/windowfields'
import { Said } from '@/ui/said'
import { toast } from '@/ui/toast'
import { type ChosenMember, MemberForm, membersOf } from './memberform'
import { ShareAdder } from './shareadder'
import { AccessTabs } from './tabs'
import '@/permission/give.css'
import './access.css'
import './sandbox.css'

interface Props {
  kinds: Kind[]
  onDone: (id: string) => void
}

const steps = ['purpose', 'members', 'shares'] as const

/** Opens a sandbox in three steps: what for and how long, who, and what. */
export default function NewSandboxPage({ kinds, onDone }: Props) {
  const { t, pick } = useText()
  useTitle(t('sandboxes.open'))
  const id = useId()
  const me = useMe()
  const [at, setAt] = useState(0)
  const [title, setTitle] = useState('')
  const [purpose, setPurpose] = useState('')
  const [window, setWindow] = useState<Window>({ span: 'week', from: '', until: '' })
  const [members, setMembers] = useState<ChosenMember[]>([])
  const [shares, setShares] = useState<{ share: NewShare; plan: GrantPlan }[]>([])
  const [pending, setPending] = useState(false)
  const [lack, setLack] = useState<string>()
  const open = useOpenSandbox()
  const problem = useProblemText()
  const moments = momentsOf(window, new Date())
  const step = steps[at]
  const next = () => {
    const missing =
      title.trim() === '' ? t('sandboxes.new.lack.title') : purpose.trim() === '' ? t('sandboxes.new.lack.purpose') : moments ? undefined : t('sandboxes.new.lack.until')
    setLack(missing)
    if (!missing) setAt(at + 1)
  }
  const save = () => {
    setLack(pending ? t('sandboxes.new.lack.pending') : undefined)
    if (pending || !moments) return
    open.mutate(
      { title: title.trim(), purpose: purpose.trim(), ...moments, members: membersOf(members), shares: shares.map((one) => one.share) },
      {
        onSuccess: (made) => {
          toast(t('sandboxes.done.opened'))
          onDone(made.id)
        },
      },
    )
  }
  const fault = lack ?? (open.error ? problem(open.error) : undefined)
  return (
    <div className="access-page">
      <AccessTabs />
      <header>
        <Link to="/sandboxes">{t('sandboxes.back')}</Link>
        <h1>{t('sandboxes.open')}</h1>
      </header>
      <ol className="box-steps" aria-label={t('sandboxes.new.steps')}>
        {steps.map((one, i) => (
          <li key={one} aria-current={i === at ? 'step' : undefined}>
            {i + 1}. {t(`sandboxes.new.step.${one}`)}
          </li>
        ))}
      </ol>
      <section className="box-form" aria-label={step && t(`sandboxes.new.step.${step}`)}>
        {step === 'purpose' && (
          <div className="give-form">
            <label htmlFor={`${id}-title`}>{t('sandboxes.new.name')}</label>
            <input id={`${id}-title`} className="input" autoFocus maxLength={100} value={title} placeholder={t('sandboxes.new.nameHint')} onChange={(event) => setTitle(event.target.value)} />
            <label htmlFor={`${id}-purpose`}>{t('sandboxes.new.purpose')}</label>
            <input id={`${id}-purpose`} className="input" maxLength={500} value={purpose} placeholder={t('sandboxes.new.purposeHint')} onChange={(event) => setPurpose(event.target.value)} />
            <WindowFields window={window} onWindow={setWindow} />
          </div>
        )}
        {step === 'members' && <MemberForm members={members} onMembers={setMembers} without={me.data ? [me.data.person.id] : []} />}
        {step === 'shares' && moments && (
          <>
            {shares.length > 0 && (
              <>
                <h2>{t('sandboxes.new.added')}</h2>
                <ul className="access-lines">
                  {shares.map((one, i) => (
                    <li key={i} className="access-team">
                      <span><Said text={pick(one.plan.sentence)} /></span>
                      <button type="button" className="btn" onClick={() => setShares(shares.filter((other) => other !== one))}>
                        {t('sandboxes.new.undo')}
                      </button>
                    </li>
                  ))}
                </ul>
              </>
            )}
            <ShareAdder kinds={kinds} purpose={purpose.trim()} {...moments} act={t('sandboxes.new.look')} onShare={(share, plan) => setShares([...shares, { share, plan }])} onPending={setPending} />
          </>
        )}
        {fault && (
          <p className="form-fault" role="alert">
            {fault}
          </p>
        )}
        <div className="grant-acts box-foot">
          {at > 0 && (
            <button
              type="button"
              className="btn"
              onClick={() => {
                setLack(undefined)
                setPending(false)
                setAt(at - 1)
              }}
            >
              {t('sandboxes.new.prev')}
            </button>
          )}
          {at < steps.length - 1 ? (
            <button type="button" className="btn primary" onClick={next}>
              {t('sandboxes.new.next')}
            </button>
          ) : (
            <button type="button" className="btn primary" disabled={open.isPending} onClick={save}>
              {t('sandboxes.new.open')}
            </button>
          )}
        </div>
      </section>
    </div>
  )
}
