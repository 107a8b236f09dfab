import type { RuleKind } from '@/api/rules'
import type { Clause, FieldRule, Mask, Path, Rule } from '@/api/policytypes'
import type { Label, Unit } from '@/api/types'
import type { useText } from '@/lib/usetext'

// The parts of a rule in the words of its editor. The sentence of the whole comes from the server.

export type Text = ReturnType<typeof useText>

export interface Namer {
  units: Unit[]
  positions: { code: string; label: Label }[]
  packs: { id: string; label: Label }[]
  person: (id: string) => string
}

export const labelOf = (text: Text, kind: RuleKind | undefined, name: string) => (kind ? text.pick(kind.label) : name)

export function clauseWords({ t, pick }: Text, named: Namer, clause: Clause): string {
  if (clause.everyone) return t('rules.who.everyone')
  if (clause.person) return named.person(clause.person)
  const unit = clause.unit ? (named.units.find((u) => u.id === clause.unit)?.name ?? `#${clause.unit}`) : ''
  const place = unit && clause.below ? t('rules.who.below', { unit }) : unit
  const found = named.positions.find((p) => p.code === clause.position)
  const position = clause.position ? (found ? pick(found.label) : clause.position) : ''
  if (!position) return t('rules.who.inUnit', { unit: place })
  return place ? t('rules.who.positionIn', { unit: place, position }) : position
}

export function whoWords(text: Text, named: Namer, rule: Rule): string {
  const list = (clauses: Clause[]) => clauses.map((c) => clauseWords(text, named, c)).join(text.t('rules.comma'))
  if (rule.who.any.length === 0) return text.t('rules.who.nobody')
  const except = rule.who.except ?? []
  return except.length === 0 ? list(rule.who.any) : text.t('rules.who.except', { who: list(rule.who.any), except: list(except) })
}

export const actionWords = (text: Text, kind: RuleKind | undefined, actions: string[]) =>
  actions
    .map((code) => {
      const action = kind?.actions.find((a) => a.code === code)
      return action ? text.pick(action.label) : code
    })
    .join(text.t('rules.comma')) || text.t('rules.choose')

export function pathWords(text: Text, named: Namer, kinds: RuleKind[], kindName: string, path: Path): string {
  const kind = kinds.find((k) => k.name === kindName)
  const records = labelOf(text, kind, kindName)
  const { t } = text
  switch (path.path) {
    case 'units': {
      const units = (path.units ?? []).map((id) => named.units.find((u) => u.id === id)?.name ?? `#${id}`).join(t('rules.comma'))
      return t(path.below ? 'rules.where.words.unitsBelow' : 'rules.where.words.units', { records, units: units || t('rules.choose') })
    }
    case 'near':
      return t('rules.where.words.near', { records, meters: path.meters ?? 0 })
    case 'linked': {
      const relation = kind?.relations.find((r) => r.name === path.relation)
      const via = relation ? pathWords(text, named, kinds, relation.kind, path.via ?? { path: 'all' }) : ''
      return t('rules.where.words.linked', { records, relation: relation ? text.pick(relation.label) : t('rules.choose'), via })
    }
    default:
      return t(`rules.where.words.${path.path}`, { records })
  }
}

export function fieldsWords(text: Text, kind: RuleKind | undefined, rule: Rule): string {
  const { t, pick } = text
  const rules = rule.fields ?? []
  if (rules.length === 0) return t(rule.effect === 'permit' ? 'rules.fields.noneShown' : 'rules.fields.noneLimited')
  const name = (f: FieldRule) => {
    if (f.class === '*') return t('rules.fields.everything')
    if (f.class) return t(`classes.${f.class}`)
    const field = kind?.fields.find((one) => one.name === f.field)
    return field ? pick(field.label) : (f.field ?? '')
  }
  const groups = new Map<string, string[]>()
  for (const f of rules) {
    const key = f.level === 'plain' && f.edit ? 'edit' : f.level
    groups.set(key, [...(groups.get(key) ?? []), name(f)])
  }
  return [...groups]
    .map(([level, names]) => t('rules.fields.group', { level: level.startsWith('masked:') ? t(`rules.masks.${level.slice('masked:'.length) as Mask}`) : t(`rules.fields.levels.${level as 'edit'}`), names: names.join(t('rules.comma')) }))
    .join(t('rules.semicolon'))
}

export function windowWords({ t, format }: Text, rule: Rule): string {
  const from = rule.from && format.moment(rule.from)
  const until = rule.until && format.moment(rule.until)
  if (from && until) return t('rules.window.both', { from, until })
  if (from) return t('rules.window.from', { from })
  return until ? t('rules.window.until', { until }) : t('rules.window.always')
}

/** Who approves, step by step, as a rule spells it. */
export function approvalWords({ t, pick }: Pick<Text, 't' | 'pick'>, named: Namer, steps: string[]): string {
  const heads = t('rules.duty.heads', { returnObjects: true }) as Record<string, string>
  const one = (part: string) => {
    if (Object.hasOwn(heads, part)) return heads[part]
    if (part.startsWith('@pack:')) {
      const id = part.slice('@pack:'.length)
      const pack = named.packs.find((of) => of.id === id)
      return t('rules.duty.holders', { name: pack ? pick(pack.label) : id })
    }
    const p = named.positions.find((position) => position.code === part)
    return p ? pick(p.label) : part
  }
  return steps.map((step) => (Object.hasOwn(heads, step) ? heads[step] : step.split('+').map(one).join(' + '))).join(' → ')
}

export function dutyWords({ t, pick }: Text, named: Namer, rule: Rule): string {
  const duty = rule.duty ?? {}
  const parts = [
    duty.approval?.length
      ? t('rules.duty.approvalBy', { who: approvalWords({ t, pick }, named, duty.approval) })
      : '',
    duty.second_factor ? t('rules.duty.second_factor') : '',
    duty.reason ? t('rules.duty.reason') : '',
    duty.watermark ? t('rules.duty.watermark') : '',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(t('rules.comma')) : t('rules.duty.none')
}
