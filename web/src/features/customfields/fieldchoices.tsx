import type { Choice } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { newChoice, type Wrong } from './draft'
import { Said } from './said'

interface Props {
  choices: Choice[]
  /** Those that records may hold: they are retired, not removed. */
  kept: Choice[]
  wrong?: Wrong
  onChoices: (choices: Choice[]) => void
}

/** What can be chosen, in the order in which it is offered. */
export function FieldChoices({ choices, kept, wrong, onChoices }: Props) {
  const { t, pick } = useText()
  const moved = (choice: Choice, to: number) => {
    const rest = choices.filter((c) => c !== choice)
    rest.splice(to, 0, choice)
    onChoices(rest)
  }
  return (
    <>
      <ol className="fields-choices" aria-label={t('customfields.choices')}>
        {choices.map((choice, index) => {
          const name = pick(choice.label) || t('customfields.unnamed', { n: index + 1 })
          const set = (part: Partial<Choice>) => onChoices(choices.map((c) => (c === choice ? { ...choice, ...part } : c)))
          return (
            <li key={choice.code} className={choice.retired ? 'retired' : undefined}>
              {(['zh', 'en'] as const).map((lang) => (
                <input
                  key={lang}
                  className="input"
                  required
                  maxLength={40}
                  aria-label={t(`customfields.choice.${lang}`, { n: index + 1 })}
                  placeholder={t(`tagging.${lang}`)}
                  value={choice.label[lang]}
                  onChange={(event) => set({ label: { ...choice.label, [lang]: event.target.value } })}
                />
              ))}
              <label className="check">
                <input type="checkbox" checked={choice.retired ?? false} onChange={(event) => set({ retired: event.target.checked || undefined })} />
                {t('tagging.retired')}
              </label>
              <span>
                <button type="button" className="quiet icon-only" disabled={index === 0} aria-label={t('tagging.up', { name })} onClick={() => moved(choice, index - 1)}>
                  <Icon name="up" />
                </button>
                <button type="button" className="quiet icon-only" disabled={index === choices.length - 1} aria-label={t('tagging.down', { name })} onClick={() => moved(choice, index + 1)}>
                  <Icon name="down" />
                </button>
                {choices.length > 1 && !kept.some((c) => c.code === choice.code) && (
                  <button type="button" className="quiet icon-only" aria-label={t('tagging.remove', { name })} onClick={() => onChoices(choices.filter((c) => c !== choice))}>
                    <Icon name="trash" />
                  </button>
                )}
              </span>
            </li>
          )
        })}
      </ol>
      <Said id="fields-choices-wrong" wrong={wrong} />
      <button type="button" className="btn" onClick={() => onChoices([...choices, newChoice(choices)])}>
        <Icon name="plus" />
        {t('customfields.addChoice')}
      </button>
    </>
  )
}
