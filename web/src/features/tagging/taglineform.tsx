import type { RuleKind } from '@/api/rules'
import type { TagRule } from '@/api/taggroups'
import type { Choice, FieldClass } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { GroupDraft } from './draft'
import { RuleForm } from './ruleform'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  draft: GroupDraft
  choice: Choice
  index: number
  /** It was never saved, so no record has it. */
  removable: boolean
  rule?: TagRule
  onChoice: (choice: Choice) => void
  onRemove: () => void
  onMove: (to: number) => void
  onRule: (rule: TagRule) => void
  onTells: (tells: FieldClass[]) => void
}

/** One tag with its names, and the rule by which it stands. */
export function TagLineForm({ kind, kinds, draft, choice, index, removable, rule, onChoice, onRemove, onMove, onRule, onTells }: Props) {
  const { t, pick } = useText()
  const name = pick(choice.label) || t('tagging.unnamed')
  const last = draft.parts.choices.length - 1
  return (
    <div className={choice.retired ? 'tagging-tag retired' : 'tagging-tag'} role="group" aria-label={name}>
      <div className="tagging-tag-head">
        <span className={`tag tag-${draft.parts.group.colour}`}>{name}</span>
        {(['zh', 'en'] as const).map((lang) => (
          <input
            key={lang}
            className="input"
            aria-label={t(`tagging.tagName.${lang}`, { n: index + 1 })}
            placeholder={t(`tagging.${lang}`)}
            required
            maxLength={40}
            value={choice.label[lang]}
            onChange={(event) => onChoice({ ...choice, label: { ...choice.label, [lang]: event.target.value } })}
          />
        ))}
        <label className="check">
          <input type="checkbox" checked={choice.retired ?? false} onChange={(event) => onChoice({ ...choice, retired: event.target.checked || undefined })} />
          {t('tagging.retired')}
        </label>
        <span className="tagging-moves">
          <button type="button" className="quiet icon-only" disabled={index === 0} aria-label={t('tagging.up', { name })} onClick={() => onMove(index - 1)}>
            <Icon name="up" />
          </button>
          <button type="button" className="quiet icon-only" disabled={index === last} aria-label={t('tagging.down', { name })} onClick={() => onMove(index + 1)}>
            <Icon name="down" />
          </button>
          {removable && (
            <button type="button" className="quiet icon-only" aria-label={t('tagging.remove', { name })} onClick={onRemove}>
              <Icon name="trash" />
            </button>
          )}
        </span>
      </div>
      {rule && <RuleForm kind={kind} kinds={kinds} name={name} draft={draft} rule={rule} onRule={onRule} onTells={onTells} />}
    </div>
  )
}
