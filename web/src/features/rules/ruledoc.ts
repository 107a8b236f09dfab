import type { Clause, PolicyDocument, Rule, Who } from '@/api/policytypes'
import type { RuleKind, TemplateRule } from '@/api/rules'

// What the studio does with the rules of a document.

export const putRule = (document: PolicyDocument, rule: Rule): PolicyDocument => {
  const at = document.rules.findIndex((r) => r.id === rule.id)
  const rules = at < 0 ? [...document.rules, rule] : document.rules.with(at, rule)
  return { ...document, rules }
}

export const dropRule = (document: PolicyDocument, id: string): PolicyDocument => ({
  ...document,
  rules: document.rules.filter((r) => r.id !== id),
})

/** An id for a rule that is made here: what it begins with, and what keeps it apart. */
export function newId(prefix: string, taken: string[]): string {
  const base = prefix.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z0-9]+/, '') || 'rule'
  for (let n = 1; ; n++) {
    const id = n === 1 ? base.slice(0, 58) : `${base.slice(0, 58)}-${n}`
    if (!taken.includes(id)) return id
  }
}

/** Whom the packs named hang on, in this document. */
const holders = (document: PolicyDocument, packs: string[]): Clause[] => {
  const all = document.assignments.filter((a) => packs.includes(a.pack)).map((a) => a.who)
  return all.filter((clause, i) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(clause)) === i)
}

/** Whom a rule of a template speaks of: nobody yet, where a company must say so itself. */
export function speaksOf(document: PolicyDocument, part: Pick<TemplateRule, 'for' | 'except'>): Who {
  const any = part.for.includes('*') ? [{ everyone: true }] : holders(document, part.for)
  const except = holders(document, part.except)
  return except.length > 0 ? { any, except } : { any }
}

export const blankRule = (effect: Rule['effect'], kind: string): Omit<Rule, 'id'> => ({
  effect,
  kind,
  who: { any: [] },
  actions: ['read'],
  where: { path: effect === 'permit' ? 'own' : 'all' },
  fields: effect === 'permit' ? [{ class: 'general', level: 'plain' }] : undefined,
  scene: '',
})

/** A rule moved to another kind keeps what the other kind has too. */
export function withKind(rule: Rule, kind: RuleKind): Rule {
  const codes = kind.actions.map((a) => a.code)
  const actions = rule.actions.filter((a) => codes.includes(a))
  const first = codes[0]
  return {
    ...rule,
    kind: kind.name,
    actions: actions.length > 0 ? actions : first ? [first] : [],
    where: kind.paths.includes(rule.where.path) && rule.where.path !== 'linked' ? rule.where : { path: 'all' },
    when: undefined,
    fields: rule.fields?.filter((f) => f.class || kind.fields.some((one) => one.name === f.field)),
  }
}

/** What a rule must have before it can stand in a draft. */
export function missingIn(rule: Rule): ('who' | 'actions' | 'scene' | 'where')[] {
  const missing: ('who' | 'actions' | 'scene' | 'where')[] = []
  if (rule.who.any.length === 0) missing.push('who')
  if (rule.actions.length === 0) missing.push('actions')
  if (rule.where.path === 'units' && !rule.where.units?.length) missing.push('where')
  if (rule.where.path === 'linked' && !rule.where.relation) missing.push('where')
  if (rule.scene.trim() === '') missing.push('scene')
  return missing
}
