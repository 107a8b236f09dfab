import { useId } from 'react'
import type { RuleKind } from '@/api/rules'
import { tagColours } from '@/api/taggroups'
import type { FieldClass } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { GroupDraft } from './draft'

interface Props {
  draft: GroupDraft
  kinds: RuleKind[]
  /** The group is there already: what says who sees it stays as it is. */
  made: boolean
  onDraft: (draft: GroupDraft) => void
}

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

/** What a group is: of which records, its names and colour, who may see it, and who keeps it. */
export function GroupHead({ draft, kinds, made, onDraft }: Props) {
  const { t, pick } = useText()
  const id = useId()
  const { parts } = draft
  const set = (part: Partial<GroupDraft['parts']>) => onDraft({ ...draft, parts: { ...parts, ...part } })
  return (
    <>
      <div className="settings-grid">
        <label>
          {t('tagging.kind')}
          <select className="input" disabled={made} value={draft.kind} onChange={(event) => onDraft({ ...draft, kind: event.target.value })}>
            {kinds
              .filter((k) => k.stages.length > 0)
              .map((k) => (
                <option key={k.name} value={k.name}>
                  {pick(k.label)}
                </option>
              ))}
          </select>
        </label>
        {(['zh', 'en'] as const).map((lang) => (
          <label key={lang}>
            {t(`tagging.name.${lang}`)}
            <input className="input" required maxLength={40} value={parts.label[lang]} onChange={(event) => set({ label: { ...parts.label, [lang]: event.target.value } })} />
          </label>
        ))}
        <label>
          {t('tagging.class')}
          <select className="input" disabled={made} aria-describedby={`${id}-class`} value={parts.class} onChange={(event) => set({ class: event.target.value as FieldClass })}>
            {classes.map((name) => (
              <option key={name} value={name}>
                {t(`classes.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('tagging.many')}
          <select className="input" disabled={made} value={parts.type} onChange={(event) => set({ type: event.target.value as 'choice' | 'choices' })}>
            <option value="choices">{t('tagging.several')}</option>
            <option value="choice">{t('tagging.one')}</option>
          </select>
        </label>
        <label>
          {t('tagging.keptBy')}
          <select className="input" value={draft.byRule ? 'rule' : 'hand'} onChange={(event) => onDraft({ ...draft, byRule: event.target.value === 'rule' })}>
            <option value="hand">{t('tagging.byHand')}</option>
            <option value="rule">{t('tagging.byRule')}</option>
          </select>
        </label>
      </div>
      <p id={`${id}-class`} className="muted">
        {t('tagging.classHint')}
      </p>
      <div className="tagging-colours" role="radiogroup" aria-label={t('tagging.colour')}>
        {tagColours.map((colour) => (
          <label key={colour} className={`tag tag-${colour}`}>
            <input type="radio" name={`${id}-colour`} checked={parts.group.colour === colour} onChange={() => set({ group: { ...parts.group, colour } })} />
            {t(`tagging.colours.${colour}`)}
          </label>
        ))}
      </div>
      {draft.byRule && (
        <p className="note">
          <Icon name="clock" />
          {t('tagging.ruleHint')}
        </p>
      )}
    </>
  )
}
