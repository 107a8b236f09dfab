import type { RuleKind } from '@/api/rules'
import type { Outcome, StageParts, StageUse } from '@/api/stages'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { Uses } from './uses'
import '@/ui/tagoff.css'

interface Props {
  kind: RuleKind
  stage: StageParts
  index: number
  last: number
  uses: StageUse[]
  /** The company's own: it can be removed. */
  own: boolean
  may: boolean
  onChange: (part: Partial<StageParts>) => void
  onMove: (to: number) => void
  onRemove: () => void
}

const outcomes: Outcome[] = ['won', 'lost', 'over']

/** One stage: its names, how it ends, what it needs; dragged by its handle or moved by its buttons. */
export function StageRow({ kind, stage, index, last, uses, own, may, onChange, onMove, onRemove }: Props) {
  const { t, pick } = useText()
  const name = pick(stage.label) || t('tagging.stages.unnamed')
  const needs = stage.needs ?? []
  const labelOf = (field: string) => {
    const found = kind.fields.find((f) => f.name === field)
    return found ? pick(found.label) : field
  }
  const rest = kind.fields.filter((f) => !['id', 'stage', 'created_at', 'updated_at', 'created_by', 'tags'].includes(f.name) && !needs.includes(f.name))
  return (
    <div className={stage.retired ? 'stage-row retired' : 'stage-row'}>
      {may && (
        <span className="stage-grip" aria-hidden="true">
          <Icon name="grip" />
        </span>
      )}
      <div className="stage-names">
        {(['zh', 'en'] as const).map((lang) => (
          <input
            key={lang}
            className="input"
            aria-label={t(`tagging.stages.${lang}`, { n: index + 1 })}
            placeholder={t(`tagging.${lang}`)}
            required
            maxLength={40}
            readOnly={!may}
            value={stage.label[lang]}
            onChange={(event) => onChange({ label: { ...stage.label, [lang]: event.target.value } })}
          />
        ))}
      </div>
      <select
        className="input stage-outcome"
        aria-label={t('tagging.stages.outcomeOf', { stage: name })}
        disabled={!may}
        value={stage.outcome ?? ''}
        onChange={(event) => onChange({ outcome: outcomes.find((o) => o === event.target.value) })}
      >
        <option value="">{t('tagging.outcome.open')}</option>
        {outcomes.map((o) => (
          <option key={o} value={o}>
            {t(`tagging.outcome.${o}`)}
          </option>
        ))}
      </select>
      <label className="check">
        <input type="checkbox" disabled={!may} checked={stage.retired ?? false} onChange={(event) => onChange({ retired: event.target.checked || undefined })} />
        {t('tagging.retired')}
      </label>
      <span className="stage-acts">
        {uses.length > 0 && (
          <Popover
            label={t('tagging.stages.usedTitle', { stage: name })}
            trigger={(props) => (
              <button type="button" className="quiet" {...props}>
                {t('tagging.stages.used', { count: uses.length })}
              </button>
            )}
          >
            <Uses uses={uses} />
          </Popover>
        )}
        {may && (
          <>
            <button type="button" className="quiet icon-only" disabled={index === 0} aria-label={t('tagging.up', { name })} onClick={() => onMove(index - 1)}>
              <Icon name="up" />
            </button>
            <button type="button" className="quiet icon-only" disabled={index === last} aria-label={t('tagging.down', { name })} onClick={() => onMove(index + 1)}>
              <Icon name="down" />
            </button>
            {own && (
              <button type="button" className="quiet icon-only" aria-label={t('tagging.remove', { name })} onClick={onRemove}>
                <Icon name="trash" />
              </button>
            )}
          </>
        )}
      </span>
      <div className="stage-needs">
        <span className="muted">{t('tagging.stages.needs')}</span>
        {needs.length === 0 && <span className="muted">{t('tagging.none')}</span>}
        {needs.map((field) => (
          <span key={field} className="tag">
            {labelOf(field)}
            {may && (
              <button type="button" className="tag-off" aria-label={t('tagging.remove', { name: labelOf(field) })} onClick={() => onChange({ needs: needs.filter((n) => n !== field) })}>
                <Icon name="close" />
              </button>
            )}
          </span>
        ))}
        {may && (
          <select
            className="input"
            aria-label={t('tagging.stages.needOf', { stage: name })}
            value=""
            onChange={(event) => onChange({ needs: [...needs, event.target.value] })}
          >
            <option value="">{t('tagging.stages.addNeed')}</option>
            {rest.map((f) => (
              <option key={f.name} value={f.name}>
                {pick(f.label)}
              </option>
            ))}
          </select>
        )}
      </div>
    </div>
  )
}
