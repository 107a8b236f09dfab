import { useId } from 'react'
import { type CustomType, customTypes } from '@/api/customfields'
import type { RuleKind } from '@/api/rules'
import type { FieldClass } from '@/api/types'
import { useText } from '@/lib/usetext'
import { type FieldDraft, offers, proposed, type Wrong } from './draft'
import { Said } from './said'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  draft: FieldDraft
  made: boolean
  wrong: Record<string, Wrong>
  onDraft: (draft: FieldDraft) => void
}

const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']

/** What a field is: its names, its type, and the class that decides who sees it. */
export function FieldHead({ kind, kinds, draft, made, wrong, onDraft }: Props) {
  const { t, pick } = useText()
  const id = useId()
  const { parts } = draft
  const set = (part: Partial<FieldDraft['parts']>) => onDraft({ ...draft, parts: { ...parts, ...part } })
  const described = (place: string) => ({ 'aria-invalid': wrong[place] ? true : undefined, 'aria-describedby': wrong[place] ? `${id}-${place}` : undefined })
  const label = (lang: 'zh' | 'en', text: string) => {
    const next = { ...parts.label, [lang]: text }
    const key = made || draft.named ? draft.key : proposed(next.en || next.zh, kind.fields.map((f) => f.name))
    onDraft({ ...draft, key, parts: { ...parts, label: next } })
  }
  return (
    <div className="settings-grid">
      {(['zh', 'en'] as const).map((lang) => (
        <label key={lang}>
          {t(`customfields.label.${lang}`)}
          <input className="input" required maxLength={40} value={parts.label[lang]} {...described(`label.${lang}`)} onChange={(event) => label(lang, event.target.value)} />
          <Said id={`${id}-label.${lang}`} wrong={wrong[`label.${lang}`]} />
        </label>
      ))}
      <label>
        {t('customfields.key')}
        <input
          className="input fields-key"
          required
          maxLength={40}
          spellCheck={false}
          autoCapitalize="off"
          disabled={made}
          value={draft.key}
          {...described('key')}
          onChange={(event) => onDraft({ ...draft, key: event.target.value, named: event.target.value !== '' })}
        />
        <Said id={`${id}-key`} wrong={wrong.key} />
      </label>
      <label>
        {t('customfields.columns.type')}
        <select className="input" disabled={made} value={parts.type} {...described('type')} onChange={(event) => set({ type: event.target.value as CustomType })}>
          {customTypes
            .filter((type) => offers(kind, type))
            .map((type) => (
              <option key={type} value={type}>
                {t(`customfields.types.${type}`)}
              </option>
            ))}
        </select>
        <Said id={`${id}-type`} wrong={wrong.type} />
      </label>
      {parts.type === 'link' && (
        <label>
          {t('customfields.link')}
          <select className="input" disabled={made} value={parts.link ?? 'customer'} {...described('link')} onChange={(event) => set({ link: event.target.value })}>
            {kinds.map((k) => (
              <option key={k.name} value={k.name}>
                {pick(k.label)}
              </option>
            ))}
          </select>
          <Said id={`${id}-link`} wrong={wrong.link} />
        </label>
      )}
      <label>
        {t('customfields.columns.class')}
        <select className="input" disabled={made} value={parts.class} {...described('class')} onChange={(event) => set({ class: event.target.value as FieldClass })}>
          {classes.map((name) => (
            <option key={name} value={name}>
              {t(`classes.${name}`)}
            </option>
          ))}
        </select>
        <Said id={`${id}-class`} wrong={wrong.class} />
      </label>
      <p className="muted fields-wide">{t('customfields.classHint')}</p>
    </div>
  )
}
