import type { Draft, Rule, Warning } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const codes = ['empty_rule', 'everyone', 'last_administrator', 'guard_catches_nobody', 'cancel_out', 'ends_soon', 'already_over', 'wide_open'] as const

/** What a draft gives to think about, and what keeps it from being published. */
export function Warnings({ draft }: { draft: Draft }) {
  const { t, pick, format } = useText()
  const rules = draft.document.rules
  const nameOf = (id: string | undefined) => {
    const rule = rules.find((r: Rule) => r.id === id)
    if (rule) return rule.name || rule.scene || rule.id
    const pack = draft.document.packs.find((p) => id === p.id || id?.startsWith(`${p.id}/`))
    return pack ? pick(pack.label) : (id ?? '')
  }
  const say = (w: Warning) => {
    const code = codes.find((c) => c === w.code)
    if (!code) return w.code
    const params = w.params ?? {}
    const text = (key: string) => String(params[key] ?? '')
    switch (code) {
      case 'empty_rule': {
        const why = (['actions', 'fields', 'condition', 'pack'] as const).find((x) => x === params.why) ?? 'actions'
        return t('rules.warn.empty_rule', { why: t(`rules.warn.empty.${why}`) })
      }
      case 'everyone':
        return t('rules.warn.everyone', {
          actions: (Array.isArray(params.actions) ? params.actions : []).map((a) => t(`actions.${String(a) as 'read'}`)).join(t('rules.comma')),
        })
      case 'guard_catches_nobody':
        return t(params.what === 'records' ? 'rules.warn.guard_records' : 'rules.warn.guard_people')
      case 'cancel_out':
        return t('rules.warn.cancel_out', { by: nameOf(text('by')) })
      case 'ends_soon':
      case 'already_over':
        return t(`rules.warn.${code}`, { until: format.moment(text('until')) })
      default:
        return t(`rules.warn.${code}`)
    }
  }
  const warnings = draft.warnings.filter((w) => w.changed !== false)
  if (warnings.length === 0 && draft.problems.length === 0) return null
  return (
    <section className="draft-part" aria-labelledby="warn-title">
      <h2 id="warn-title">{t('rules.warn.title')}</h2>
      <ul className="warnings">
        {draft.problems.map((p) => (
          <li key={`${p.at} ${p.code}`} className="note bad">
            <Icon name="warn" />
            <span>
              <strong>{placeName(p.at, draft, nameOf)}</strong> {t('rules.warn.problem', { text: problemWords(t, p.code, p.detail) })}
            </span>
          </li>
        ))}
        {warnings.map((w, i) => (
          <li key={i} className="note warn">
            <Icon name="warn" />
            <span>
              {w.id && <strong>{nameOf(w.id)}</strong>} {say(w)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function problemWords(t: ReturnType<typeof useText>['t'], code: string, detail: string): string {
  const own = t('rules.codes', { returnObjects: true }) as Record<string, string>
  return own[code] ?? detail
}

/** The rule or pack that a path of the document leads to. */
function placeName(at: string, draft: Draft, nameOf: (id: string | undefined) => string): string {
  const [, part, index] = /^(rules|packs)\[(\d+)\]/.exec(at) ?? []
  if (part === 'rules') return nameOf(draft.document.rules[Number(index)]?.id)
  if (part === 'packs') return nameOf(draft.document.packs[Number(index)]?.id)
  return ''
}
