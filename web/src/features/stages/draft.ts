import type { StageParts } from '@/api/stages'

// Stages as somebody edits them. A stage without ways in is closed, one with all of them is open.

/** Whether a record may come from one stage to another. */
export const leads = (to: StageParts, from: string) => !to.retired && (to.anywhere === true || (to.from ?? []).includes(from))

/** Opens or closes one way. */
export function withWay(stages: StageParts[], to: string, from: string, open: boolean): StageParts[] {
  return stages.map((stage) => {
    if (stage.code !== to) return stage
    const others = stages.filter((s) => s.code !== to).map((s) => s.code)
    const ways = others.filter((code) => (code === from ? open : leads({ ...stage, retired: false }, code)))
    const anywhere = ways.length === others.length
    return { ...stage, anywhere, from: anywhere ? undefined : ways }
  })
}

export function moved(stages: StageParts[], code: string, to: number): StageParts[] {
  const stage = stages.find((s) => s.code === code)
  if (!stage) return stages
  const rest = stages.filter((s) => s !== stage)
  rest.splice(Math.max(0, Math.min(to, rest.length)), 0, stage)
  return rest
}

/** Takes a stage away, and the ways out of it. */
export const without = (stages: StageParts[], code: string): StageParts[] =>
  stages.filter((s) => s.code !== code).map((s) => (s.from?.includes(code) ? { ...s, from: s.from.filter((c) => c !== code) } : s))

/** A code for a stage that is new: nobody reads it, it only must be its own. */
export function newCode(stages: StageParts[]): string {
  for (let n = stages.length + 1; ; n++) {
    const code = `own_${n}`
    if (!stages.some((s) => s.code === code)) return code
  }
}
