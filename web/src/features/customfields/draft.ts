import type { CustomField, CustomType, FieldParts } from '@/api/customfields'
import type { Mask } from '@/api/policytypes'
import type { RuleField, RuleKind } from '@/api/rules'
import type { Choice, Problem } from '@/api/types'

// A field as somebody edits it.

export interface FieldDraft {
  key: string
  /** The name was written by hand: it follows the label no more. */
  named: boolean
  /** That was seen when the form was opened; 0 is a new field. */
  version: number
  parts: FieldParts
}

export const newField: FieldDraft = { key: '', named: false, version: 0, parts: { type: 'text', label: { zh: '', en: '' }, class: 'general' } }

export const draftOf = ({ key, version, ...field }: CustomField): FieldDraft => ({ key, named: true, version, parts: field })

export const keyPattern = /^c_[a-z0-9_]{1,38}$/

/** A name for a field of that label which the kind does not have. */
export function proposed(label: string, taken: string[]): string {
  const word = label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30)
    .replace(/_+$/, '')
  const first = `c_${word || 'field'}`
  for (let n = 1; ; n++) {
    const key = n === 1 ? first : `${first}_${n}`
    if (!taken.includes(key)) return key
  }
}

/** The masks that suit a type; the server holds to the same. */
export function masksOf(type: CustomType, encrypted: boolean): Mask[] {
  switch (type) {
    case 'text':
      return encrypted ? ['constant', 'tail', 'ends'] : ['constant', 'district', 'tail', 'ends']
    case 'date':
      return ['constant', 'year']
    case 'money':
      return ['constant', 'range']
  }
  return ['constant']
}

export const isList = (type: CustomType) => type === 'choice' || type === 'choices'

/** Whether the search may find a field of these parts. */
export const maySearch = (kind: RuleKind, { type, encrypted, class: cls }: FieldParts) => type === 'text' && !encrypted && kind.searched.includes(cls)

/** Records of a kind without a currency hold no amounts. */
export const offers = (kind: RuleKind, type: CustomType) => type !== 'money' || kind.fields.some((f) => f.name === 'currency')

export function newChoice(choices: Choice[]): Choice {
  for (let n = choices.length + 1; ; n++) {
    const code = `v_${n}`
    if (!choices.some((c) => c.code === code)) return { code, label: { zh: '', en: '' } }
  }
}

/** What is sent: only what the type has. */
export function toSend(kind: RuleKind, { parts }: FieldDraft): FieldParts {
  const trim = (label: { zh: string; en: string }) => ({ zh: label.zh.trim(), en: label.en.trim() })
  const encrypted = (parts.type === 'text' && parts.encrypted) || undefined
  const mask = parts.mask?.slice('masked:'.length) as Mask | undefined
  return {
    type: parts.type,
    label: trim(parts.label),
    class: parts.class,
    required: parts.required || undefined,
    search: (parts.search && maySearch(kind, parts)) || undefined,
    encrypted,
    choices: isList(parts.type) ? (parts.choices ?? []).map((c) => ({ ...c, label: trim(c.label) })) : undefined,
    link: parts.type === 'link' ? (parts.link ?? 'customer') : undefined,
    group: parts.group,
    mask: mask && masksOf(parts.type, encrypted ?? false).includes(mask) ? parts.mask : undefined,
  }
}

export interface Wrong {
  code: string
  detail?: string
}

/** What the server refused, by the place where the form says it; what has none stands under ''. */
export function wrongAt(problem: Problem): Record<string, Wrong> {
  const out: Record<string, Wrong> = {}
  for (const item of problem.errors ?? []) {
    const at = item.at ?? ''
    const place = at.startsWith('choices') ? 'choices' : ['key', 'type', 'label.zh', 'label.en', 'class', 'search', 'encrypted', 'link', 'mask'].includes(at) ? at : ''
    out[place] ??= item
  }
  if (!problem.errors?.length) out[''] = problem
  return out
}

/** What of a field is said beside its type. */
export type Trait = 'required' | 'search' | 'encrypted' | 'group'

export const traitsOf = (field: RuleField): Trait[] => (['required', 'search', 'encrypted', 'group'] as const).filter((trait) => field[trait])

export function movedBy(keys: string[], key: string, by: number): string[] {
  const rest = keys.filter((k) => k !== key)
  rest.splice(Math.max(0, keys.indexOf(key) + by), 0, key)
  return rest
}
