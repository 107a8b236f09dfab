import type { Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import type { Namer } from './words'

/** What each part of a rule is edited with. */
export interface PartProps {
  rule: Rule
  kinds: RuleKind[]
  named: Namer
  onChange: (rule: Rule) => void
  /** Whether what stands in the part can be taken as it is. */
  onReady: (ready: boolean) => void
}
