import { useState } from 'react'
import { type Chosen, type MassChange, type MassResult, undoMass, useMassDo, useMassPreview } from '@/api/mass'
import { useAsk } from '@/api/requests'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { AntDesign } from '@/ui/antd'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { useRefusal } from './gate'
import { MassAsk, MassAsked } from './massask'
import type { MassAct } from './massbar'
import { MassForm } from './massform'
import { MassOutlook } from './massoutlook'
import { MassProgress } from './massprogress'

interface Props {
  kind: Kind
  act: MassAct
  chosen: Chosen
  count: number
  onClose: (done: boolean) => void
}

/**
 * A change of many records: what to change, then what would come of it ('n will change, m stay, and
 * why'), then the doing. Nothing is done before it was looked at.
 */
export default function MassDialog({ kind, act, chosen, count, onClose }: Props) {
  const { t, pick, format } = useText()
  const [change, setChange] = useState<MassChange | undefined>(act === 'delete' ? { delete: true } : undefined)
  const [sure, setSure] = useState(false)
  const preview = useMassPreview(kind.name)
  const run = useMassDo(kind.name)
  const ask = useAsk()
  const [purpose, setPurpose] = useState('')
  const done = useUndo()
  const refusal = useRefusal(kind)
  const looked = preview.data
  const result = run.data
  const title = t(`lists.mass.titles.${act}`, { kind: pick(kind.label), n: format.number(count) })
  const error = preview.error ?? run.error ?? ask.error
  const held = looked?.held ?? 0

  const finish = (result: MassResult) => {
    if (result.status !== 'done') return // background work shows its own progress
    const say = t('lists.mass.done', { n: format.number(result.done) })
    if (act === 'delete') toast(say)
    else
      done(say, async () => {
        const back = await undoMass(result.id)
        const left = back.skipped.reduce((sum, skip) => sum + skip.count, 0)
        if (left > 0) toast(t('lists.mass.undonePart', { n: format.number(back.undone), m: format.number(left) }))
      })
    // What the second look skipped is told here, not in passing.
    if (result.skipped.every((skip) => skip.params?.late !== true)) onClose(true)
  }

  const step = result || ask.data ? 'after' : looked ? 'looked' : 'form'
  return (
    <Dialog
      wide
      title={title}
      onCancel={() => onClose(step === 'after')}
      footer={
        step === 'after' ? (
          <button type="button" className="btn primary" onClick={() => onClose(true)}>
            {t('app.close')}
          </button>
        ) : (
          <>
            {step === 'looked' && act !== 'delete' ? (
              <button type="button" className="btn" onClick={() => preview.reset()}>
                {t('lists.back')}
              </button>
            ) : (
              <button type="button" className="btn" onClick={() => onClose(false)}>
                {t('app.cancel')}
              </button>
            )}
            {step === 'form' ? (
              <button
                type="button"
                className="btn primary"
                disabled={!change || preview.isPending}
                onClick={() => change && preview.mutate({ ...chosen, change })}
              >
                {preview.isPending ? t('lists.mass.looking') : t('lists.mass.look')}
              </button>
            ) : (
              looked && (
                <>
                  {held > 0 && (
                    <button
                      type="button"
                      className={looked.will === 0 ? 'btn primary' : 'btn'}
                      disabled={purpose.trim() === '' || ask.isPending || run.isPending}
                      onClick={() => ask.mutate({ type: 'mass', purpose: purpose.trim(), mass: { preview: looked.id } })}
                    >
                      {t('lists.mass.ask.send', { n: format.number(looked.will + held) })}
                    </button>
                  )}
                  {(looked.will > 0 || held === 0) && (
                    <button
                      type="button"
                      className={act === 'delete' ? 'btn danger solid' : 'btn primary'}
                      disabled={looked.will === 0 || run.isPending || ask.isPending || (act === 'delete' && !sure)}
                      onClick={() => run.mutate(looked.id, { onSuccess: finish })}
                    >
                      {run.isPending
                        ? t('lists.mass.running')
                        : t(act === 'delete' ? 'lists.mass.goDelete' : 'lists.mass.go', { n: format.number(looked.will) })}
                    </button>
                  )}
                </>
              )
            )}
          </>
        )
      }
    >
      {step === 'form' && act !== 'delete' && (
        <AntDesign>
          <MassForm kind={kind} act={act} onChange={setChange} />
        </AntDesign>
      )}
      {step === 'form' && act === 'delete' && <p>{t('lists.mass.deleteLook')}</p>}
      {step === 'looked' && looked && (
        <>
          <MassOutlook kind={kind} result={looked} remove={act === 'delete'} />
          {held > 0 && <MassAsk looked={looked} purpose={purpose} onPurpose={setPurpose} />}
          {act === 'delete' && looked.will > 0 && (
            <label className="mass-sure">
              <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
              {t('lists.mass.sure', { n: format.number(looked.will) })}
            </label>
          )}
        </>
      )}
      {step === 'after' && result && <MassProgress kind={kind} result={result} />}
      {ask.data && <MassAsked made={ask.data} />}
      {error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refusal(error)}
        </p>
      )}
    </Dialog>
  )
}
