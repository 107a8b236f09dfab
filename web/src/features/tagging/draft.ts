import type { GroupParts, TagGroup, TagRule, TagTerm } from '@/api/taggroups'
import type { Choice } from '@/api/types'

// A group of tags as somebody edits it.

export interface GroupDraft {
  kind: string
  byRule: boolean
  /** That was seen when the form was opened; 0 is a new group. */
  version: number
  parts: GroupParts
}

export const newGroup: GroupDraft = {
  kind: 'customer',
  byRule: false,
  version: 0,
  parts: { type: 'choices', label: { zh: '', en: '' }, class: 'general', choices: [{ code: 't_1', label: { zh: '', en: '' } }], group: { colour: 'blue' } },
}

export const draftOf = ({ kind, type, label, class: cls, choices, group, version }: TagGroup): GroupDraft => ({
  kind,
  byRule: (group.rules ?? []).length > 0,
  version,
  parts: { type, label, class: cls, choices, group },
})

export function newTag(choices: Choice[]): Choice {
  for (let n = choices.length + 1; ; n++) {
    const code = `t_${n}`
    if (!choices.some((c) => c.code === code)) return { code, label: { zh: '', en: '' } }
  }
}

export const newTerm = (): TagTerm => ({ relation: 'payments', op: 'ge', value: '1', window: { mode: 'ago', unit: 'day', to: 90 } })

export const ruleOf = (rules: TagRule[] | undefined, tag: string): TagRule => rules?.find((r) => r.tag === tag) ?? { tag, terms: [] }

/** A rule that says something. */
export const says = (rule: TagRule) => rule.when !== undefined || (rule.terms ?? []).length > 0

/** What is sent: rules only where they keep the group, without those of retired tags. */
export function toSend({ byRule, parts }: GroupDraft): GroupParts {
  const trim = (text: string) => text.trim()
  const choices = parts.choices.map((c) => ({ ...c, label: { zh: trim(c.label.zh), en: trim(c.label.en) } }))
  const live = choices.filter((c) => !c.retired).map((c) => c.code)
  const rules = byRule ? live.map((code) => ruleOf(parts.group.rules, code)).filter(says) : undefined
  const tells = rules && parts.group.tells && parts.group.tells.length > 0 ? parts.group.tells : undefined
  return { ...parts, label: { zh: trim(parts.label.zh), en: trim(parts.label.en) }, choices, group: { colour: parts.group.colour, rules, tells } }
}

/** What keeps the draft from being saved. */
export function lackOf(draft: GroupDraft): 'tags' | 'rules' | undefined {
  if (draft.parts.choices.length === 0) return 'tags'
  return draft.byRule && (toSend(draft).group.rules ?? []).length === 0 ? 'rules' : undefined
}
