import type { Cond, Path, Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import type { TagRun } from '@/api/taggroups'

/** The kind that a relation of the kind leads to. */
const beyond = (kinds: RuleKind[], kind: string, relation = '') => kinds.find((k) => k.name === kind)?.relations.find((r) => r.name === relation)?.kind ?? ''

/** The fields that a condition names, as kind.field, on the kinds that they stand on. */
function ofCond(kinds: RuleKind[], kind: string, cond: Cond | undefined): string[] {
  if (!cond) return []
  const dotted = (cond.field ?? '').split('.')
  const field = dotted.pop()
  const on = dotted.reduce((at, relation) => beyond(kinds, at, relation), kind)
  const below = cond.relation ? beyond(kinds, kind, cond.relation) : kind
  return [...(field ? [`${on}.${field}`] : []), ...(cond.args ?? []).flatMap((arg) => ofCond(kinds, below, arg))]
}

const ofPath = (kinds: RuleKind[], kind: string, { relation, via, cond }: Path): string[] => {
  const on = relation ? beyond(kinds, kind, relation) : kind
  return [...ofCond(kinds, on, cond), ...(via ? ofPath(kinds, on, via) : [])]
}

/** The runs that a rule waits for: by kind, with the groups of tags that it names and that have yet to be derived for the first time. */
export function awaitedBy(rule: Rule, kinds: RuleKind[], runs: TagRun[]) {
  const named = new Set([...ofCond(kinds, rule.kind, rule.when), ...ofPath(kinds, rule.kind, rule.where)])
  return runs.map((run) => ({ run, groups: (run.awaits ?? []).filter((group) => named.has(`${run.kind}.${group}`)) })).filter(({ groups }) => groups.length > 0)
}
