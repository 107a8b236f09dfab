import type { Pack } from '@/api/packs'
import type { Draft, Rule } from '@/api/policytypes'
import type { RuleKind, WrittenRule } from '@/api/rules'
import type { Label } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Said } from '@/ui/said'
import type { RulesSearch, RuleTime } from './search'

/** One line of the list: a written rule, as the draft has it, or one of a pack. */
export interface Entry {
  key: string
  rule: Rule
  sentence?: Label
  scene: Label
  pack?: { id: string; label: Label }
  /** What the draft does with it. */
  draft?: 'added' | 'changed' | 'removed'
  /** It is in force since the draft was begun, and the draft does not know it yet. */
  newer?: boolean
  problem?: string
}

const same = (text: string): Label => ({ zh: text, en: text })

/**
 * Everything that is listed: the written rules, then those of packs. What a draft leaves alone is as it
 * is in force, also where somebody published it or ended it after the draft was begun.
 */
export function entriesOf(published: WrittenRule[], packs: Pack[], draft: Draft | undefined): Entry[] {
  const changes = new Map((draft?.changes ?? []).filter((c) => c.part === 'rule').map((c) => [c.id, c]))
  const entry = (rule: Rule): Entry => {
    const was = published.find((w) => w.rule.id === rule.id)
    const change = changes.get(rule.id)
    const named = { ...rule, name: rule.name ?? rule.origin?.name }
    return { key: rule.id, rule: named, sentence: change?.sentence.after ?? was?.sentence, scene: same(rule.scene), draft: change?.op, problem: was?.problem }
  }
  const inForce = (rule: Rule) => (changes.has(rule.id) ? undefined : published.find((w) => w.rule.id === rule.id)?.rule)
  const written = draft ? draft.document.rules.map((rule) => entry(inForce(rule) ?? rule)) : published.map((w) => entry(w.rule))
  const newer = published
    .filter((w) => draft && !changes.has(w.rule.id) && !draft.document.rules.some((rule) => rule.id === w.rule.id))
    .map((w): Entry => ({ ...entry(w.rule), newer: true }))
  const removed = [...changes.values()]
    .filter((c) => c.op === 'removed')
    .flatMap((c) => published.filter((w) => w.rule.id === c.id).map((w): Entry => ({ ...entry(w.rule), sentence: w.sentence, draft: 'removed' })))
  const carried = packs.flatMap((pack) =>
    pack.rules.map((r): Entry => ({ key: `${pack.id}:${r.rule.id}`, rule: r.rule, sentence: r.sentence, scene: r.scene, pack: { id: pack.id, label: pack.label } })),
  )
  return [...written, ...newer, ...removed, ...carried]
}

/** Where a rule stands in its time: it begins later, its end has come, or it is in force. */
export function timeOf({ from, until }: Rule, now: number): RuleTime {
  if (until && Date.parse(until) <= now) return 'ended'
  return from && Date.parse(from) > now ? 'ahead' : 'open'
}

/** The entries that a search leaves. */
export function found(entries: Entry[], search: RulesSearch, now: number): Entry[] {
  const q = search.q?.trim().toLowerCase()
  return entries.filter(({ rule, sentence, scene, pack }) => {
    if (search.kind && rule.kind !== search.kind) return false
    if (search.effect && rule.effect !== search.effect) return false
    if (search.from === 'written' && pack) return false
    if (search.from === 'packs' && !pack) return false
    if (search.time && timeOf(rule, now) !== search.time) return false
    if (search.person && ![...rule.who.any, ...(rule.who.except ?? [])].some((c) => c.person === search.person || c.everyone)) return false
    if (!q) return true
    const words = [sentence?.zh, sentence?.en, scene.zh, scene.en, rule.name, rule.id, pack?.label.zh, pack?.label.en]
    return words.some((w) => w?.toLowerCase().includes(q))
  })
}

interface Props {
  entries: Entry[]
  kinds: RuleKind[]
  open: string | undefined
  now: number
  onOpen: (key: string) => void
}

export function RulesList({ entries, kinds, open, now, onOpen }: Props) {
  const { t, pick, format } = useText()
  return (
    <ul className="rules-list">
      {entries.map((entry) => {
        const kind = kinds.find((k) => k.name === entry.rule.kind)
        const forbids = entry.rule.effect === 'forbid'
        const time = timeOf(entry.rule, now)
        return (
          <li key={entry.key}>
            <button
              type="button"
              className={`rule-line ${entry.draft ?? ''}`}
              aria-current={entry.key === open || undefined}
              onClick={() => onOpen(entry.key)}
            >
              <span className="rule-tags">
                <span className={forbids ? 'tag forbid' : 'tag permit'}>
                  <Icon name={forbids ? 'shield' : 'check'} />
                  {t(`rules.effects.${entry.rule.effect}`)}
                </span>
                <span className="tag">{kind ? pick(kind.label) : entry.rule.kind}</span>
                {entry.pack && <span className="tag">{t('rules.ofPack', { pack: pick(entry.pack.label) })}</span>}
                {time === 'ended' && <span className="tag over">{t('rules.time.over', { until: format.moment(entry.rule.until ?? '') })}</span>}
                {time === 'ahead' && <span className="tag ahead">{t('rules.time.begins', { from: format.moment(entry.rule.from ?? '') })}</span>}
                {entry.draft && <span className={`tag op-${entry.draft}`}>{t(`rules.ops.${entry.draft}`)}</span>}
                {entry.rule.sensitive && <span className="tag op-removed">{t('rules.sensitive')}</span>}
                {entry.problem && <span className="tag op-removed">{t('rules.broken')}</span>}
              </span>
              <span className="rule-sentence"><Said text={entry.sentence ? pick(entry.sentence) : (entry.rule.name ?? t('rules.unfinished'))} /></span>
              <span className="muted rule-scene">{pick(entry.scene) || t('rules.scene.missing')}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
