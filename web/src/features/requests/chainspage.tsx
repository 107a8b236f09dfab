import { useState } from 'react'
import { usePositions } from '@/api/company'
import { usePacks } from '@/api/packs'
import { hasFailed } from '@/api/problem'
import { type Chain, type Source, type Step, useChains, useSetChain } from '@/api/requests'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { ChainStep } from './chainstep'
import { hoursText, sourceText } from './words'
import './requests.css'

const most = 5

const it: Source = { type: 'pack', pack: 'administrator' }

/** Chains that most companies begin with. */
const models = {
  head: [{ by: [{ type: 'head' }], hours: 24 }],
  above: [
    { by: [{ type: 'head' }], hours: 24 },
    { by: [{ type: 'head_above' }], hours: 24 },
  ],
  both: [
    { by: [{ type: 'head' }], hours: 24 },
    { by: [it], hours: 24 },
  ],
  together: [{ by: [{ type: 'head' }, it], all: true, hours: 24 }],
  owner: [{ by: [{ type: 'owner_head' }], hours: 24 }],
} satisfies Record<string, Step[]>

/** Who decides requests, type by type, in plain words. */
export default function ChainsPage({ may }: { may: boolean }) {
  const { t } = useText()
  useTitle(t('requests.chains.title'))
  const chains = useChains()
  return (
    <div className="chains">
      <PolicyTabs />
      <div className="chains-body">
        <h1 className="sr-only">{t('requests.chains.title')}</h1>
        <p className="muted">{t('requests.chains.text')}</p>
        {chains.isPending && <BoneRows rows={4} />}
        {hasFailed(chains) && <Failure error={chains.error} onRetry={() => void chains.refetch()} />}
        {chains.data?.map((chain) => (
          <ChainCard key={`${chain.type} ${chain.version}`} chain={chain} may={may} />
        ))}
      </div>
    </div>
  )
}

function ChainCard({ chain, may }: { chain: Chain; may: boolean }) {
  const text = useText()
  const { t, pick } = text
  const problemText = useProblemText()
  const [steps, setSteps] = useState<Step[]>()
  const save = useSetChain(chain.type)
  const positions = usePositions()
  const packs = usePacks()
  const nameOf = (id: string | undefined) => chain.named.find((n) => n.id === id)?.name ?? ''
  const labelOf = (by: Source) => {
    if (by.type === 'person') return { zh: nameOf(by.person), en: nameOf(by.person) }
    return by.type === 'pack' ? packs.data?.items.find((p) => p.id === by.pack)?.label : positions.data?.items.find((p) => p.code === by.position)?.label
  }
  const shown = steps ?? chain.steps
  const put = (i: number, step: Step | undefined) => setSteps(shown.flatMap((s, j) => (j === i ? (step ?? []) : s)))
  return (
    <section className="card chain" aria-label={pick(chain.label)}>
      <header>
        <h2>{pick(chain.label)}</h2>
        {may && !steps && (
          <button type="button" className="btn" onClick={() => setSteps(chain.steps)}>
            <Icon name="edit" />
            {t('requests.chains.edit')}
          </button>
        )}
      </header>
      <ol>
        {shown.map((step, i) =>
          steps ? (
            <ChainStep key={i} step={step} number={i + 1} nameOf={nameOf} onStep={(next) => put(i, next)} onRemove={shown.length > 1 ? () => put(i, undefined) : undefined} />
          ) : (
            <li key={i}>
              {t('requests.chains.says', {
                n: i + 1,
                who: step.by.map((by) => sourceText(text, { ...by, label: labelOf(by) })).join(t(step.all ? 'requests.and' : 'requests.or')),
                time: hoursText(t, step.hours),
              })}
            </li>
          ),
        )}
      </ol>
      {steps && (
        <>
          <label className="chain-model">
            <span>{t('requests.chains.templates')}</span>
            <select className="input" value="" onChange={(event) => setSteps(models[event.target.value as keyof typeof models] ?? steps)}>
              <option value="">{t('requests.chains.choose')}</option>
              {(Object.keys(models) as (keyof typeof models)[]).map((name) => (
                <option key={name} value={name}>
                  {t(`requests.chains.models.${name}`)}
                </option>
              ))}
            </select>
          </label>
          {steps.length < most && (
            <button type="button" className="btn" onClick={() => setSteps([...steps, { by: [{ type: 'head' }], hours: 24 }])}>
              <Icon name="plus" />
              {t('requests.chains.add')}
            </button>
          )}
          {save.error && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {problemText(save.error)}
            </p>
          )}
          <div className="decide-buttons">
            <button type="button" className="btn" onClick={() => setSteps(undefined)}>
              {t('app.cancel')}
            </button>
            <button type="button" className="btn" onClick={() => setSteps(chain.default)}>
              {t('requests.chains.reset')}
            </button>
            <button
              type="button"
              className="btn primary"
              disabled={save.isPending}
              onClick={() => save.mutate({ version: chain.version, steps }, { onSuccess: () => toast(t('requests.chains.saved')) })}
            >
              {t('requests.chains.save')}
            </button>
          </div>
        </>
      )}
    </section>
  )
}
