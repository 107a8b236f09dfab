import { ConditionEditor } from '@/fields/conditioneditor'
import type { PartProps } from './part'

/** 什么条件: the nested condition with its live count. */
export function EditWhen({ rule, kinds, onChange, onReady }: PartProps) {
  return (
    <ConditionEditor
      key={rule.kind}
      kind={rule.kind}
      kinds={kinds}
      value={rule.when}
      rule
      onChange={(when, ok) => {
        if (ok) onChange({ ...rule, when })
        onReady(ok)
      }}
    />
  )
}
