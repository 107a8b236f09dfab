import { useState } from 'react'
import { problemOf } from '@/api/problem'
import type { RuleKind } from '@/api/rules'
import { type StageParts, type Stages, type StageUse, usePutStages } from '@/api/stages'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { DragArea, DragPiece, DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { moved, newCode, without } from './draft'
import { MoveMatrix } from './movematrix'
import { StageRow } from './stagerow'
import { Uses } from './uses'

interface Props {
  kind: RuleKind
  given: Stages
  may: boolean
  onSaved: () => void
}

export function StageForm({ kind, given, may, onSaved }: Props) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const put = usePutStages(kind.name)
  const [stages, setStages] = useState<StageParts[]>(given.stages)
  const [fault, setFault] = useState<string>()
  const [asking, setAsking] = useState<{ stage: string; uses: StageUse[]; confirm: boolean }>()
  const changed = JSON.stringify(stages) !== JSON.stringify(given.stages)
  const set = (code: string, part: Partial<StageParts>) => setStages(stages.map((s) => (s.code === code ? { ...s, ...part } : s)))
  const nameOf = (code: string) => {
    const stage = [...stages, ...given.stages].find((s) => s.code === code)
    return stage ? pick(stage.label) : code
  }
  const save = (confirm?: boolean) =>
    put.mutate(
      { version: given.version, stages: stages.map((s) => ({ ...s, label: { zh: s.label.zh.trim(), en: s.label.en.trim() } })), confirm },
      {
        onSuccess: () => {
          toast(t('tagging.stages.saved', { kind: pick(kind.label) }))
          onSaved()
        },
        onError: (error) => {
          const problem = problemOf(error)
          const params = (problem.params ?? {}) as { stage?: string; uses?: StageUse[]; confirm?: boolean }
          setAsking(undefined)
          if (problem.code === 'stage_used' && params.stage && params.uses) setAsking({ stage: params.stage, uses: params.uses, confirm: params.confirm ?? false })
          else setFault([problemText(error), ...(problem.errors ?? []).map((item) => item.detail)].join(' '))
        },
      },
    )
  return (
    <form
      className="stage-form"
      onSubmit={(event) => {
        event.preventDefault()
        setFault(undefined)
        save()
      }}
    >
      <DragArea<string, number> label={nameOf} onDrop={(code, at) => setStages(moved(stages, code, at))}>
        <ol className="stage-list" aria-label={t('tagging.stages.list')}>
          {stages.map((stage, index) => (
            <li key={stage.code}>
              <DropPlace<number> id={`at ${stage.code}`} place={index} disabled={!may}>
                <DragPiece<string> id={stage.code} piece={stage.code} disabled={!may}>
                  <StageRow
                    kind={kind}
                    stage={stage}
                    index={index}
                    last={stages.length - 1}
                    uses={given.used[stage.code] ?? []}
                    own={!given.fixed.includes(stage.code)}
                    may={may}
                    onChange={(part) => set(stage.code, part)}
                    onMove={(at) => setStages(moved(stages, stage.code, at))}
                    onRemove={() => setStages(without(stages, stage.code))}
                  />
                </DragPiece>
              </DropPlace>
            </li>
          ))}
        </ol>
      </DragArea>
      {may && (
        <button
          type="button"
          className="btn"
          onClick={() => setStages([...stages, { code: newCode(stages), label: { zh: '', en: '' }, anywhere: true }])}
        >
          <Icon name="plus" />
          {t('tagging.stages.add')}
        </button>
      )}
      <MoveMatrix stages={stages} may={may} onStages={setStages} />
      {fault && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {fault}
        </p>
      )}
      {may && (
        <div className="stage-save">
          <button type="button" className="btn" disabled={!changed || put.isPending} onClick={() => setStages(given.stages)}>
            {t('tagging.discard')}
          </button>
          <button type="submit" className="btn primary" disabled={!changed || put.isPending}>
            {t('app.save')}
          </button>
        </div>
      )}
      {asking && (
        <Dialog
          title={t('tagging.stages.usedTitle', { stage: nameOf(asking.stage) })}
          onCancel={() => setAsking(undefined)}
          footer={
            <>
              <button type="button" className="btn" onClick={() => setAsking(undefined)}>
                {t('app.cancel')}
              </button>
              {asking.confirm && (
                <button type="button" className="btn danger" disabled={put.isPending} onClick={() => save(true)}>
                  {t('tagging.stages.retireAnyway')}
                </button>
              )}
            </>
          }
        >
          <p>{t(asking.confirm ? 'tagging.stages.usedRetire' : 'tagging.stages.usedRemove')}</p>
          <Uses uses={asking.uses} />
        </Dialog>
      )}
    </form>
  )
}
