import type { Notice } from '@/api/shell'
import type { Kind } from '@/api/types'
import { format } from '@/lib/format'
import { pick } from '@/lib/i18n'
import type { useText } from '@/lib/usetext'

const known = [
  ...(['mention', 'comment', 'team', 'grant', 'routed', 'assigned', 'released', 'recycles', 'recycled'] as const),
  ...(['transferred', 'handed', 'handed_away', 'asked', 'asked_page', 'job_done', 'job_failed'] as const),
  ...(['sandbox', 'sandbox_ends', 'sandbox_ended', 'sandbox_left'] as const),
  ...(['request', 'request_due', 'request_late', 'request_done', 'stand_in'] as const),
  ...(['device', 'device_asked', 'device_admitted', 'device_blocked', 'factor_reset', 'frozen', 'thawed'] as const),
  ...(['alert', 'watch_changed', 'stream_stopped', 'mail_changed', 'report', 'audit_retention'] as const),
  ...(['emergency', 'emergency_missed', 'emergency_ended', 'emergency_late', 'emergency_reviewed'] as const),
]

const types = ['access', 'export', 'transfer', 'change', 'create', 'delete', 'pool', 'mass'] as const

const jobs = ['import', 'export', 'audit'] as const

const roles = ['review', 'owner', 'head', 'audit'] as const
const verdicts = ['justified', 'unjustified', 'follow_up'] as const
const freezes = ['factor', 'unusual', 'watch'] as const
const endings = ['approved', 'refused', 'expired', 'void'] as const

/** A notice as a sentence. It names the record where the server named it, and else only its kind. */
export function noticeText(t: ReturnType<typeof useText>['t'], notice: Notice, kinds: Kind[]): string {
  const lang = t('shell.notices.lang')
  const kindName = (name: unknown) => {
    const kind = kinds.find((k) => k.name === name)
    return kind ? pick(kind.label, lang) : ''
  }
  const named = {
    by: notice.by?.name ?? t('shell.notices.somebody'),
    title: notice.title || kindName(notice.kind ?? notice.detail.of) || t('shell.notices.something'),
    kind: kindName(notice.detail.of),
    n: Number(notice.detail.n ?? 1),
    page: typeof notice.detail.page === 'string' ? notice.detail.page : '',
  }
  const pooled = {
    ...named,
    of: kindName(notice.kind),
    pool: notice.pool?.name ?? t('shell.notices.aPool'),
    at: typeof (notice.detail.at ?? notice.detail.until) === 'string' ? format(lang).moment(String(notice.detail.at ?? notice.detail.until)) : '',
    box: typeof notice.detail.title === 'string' ? notice.detail.title : '',
    family: typeof notice.detail.family === 'string' ? notice.detail.family : '',
    address: typeof notice.detail.address === 'string' ? notice.detail.address : '',
    why: t(`shell.notices.frozenWhy.${freezes.find((one) => one === notice.detail.why) ?? 'unusual'}`),
  }
  const what = known.find((w) => w === notice.what)
  if (!what) return t('shell.notices.what.other', named)
  if (what === 'job_done' || what === 'job_failed') {
    return t(`shell.notices.what.${what}_${jobs.find((j) => j === notice.detail.type) ?? 'export'}`, named)
  }
  // It came from somebody else's hands, or out of a pool.
  if (what === 'assigned' && !notice.pool) return t('shell.notices.what.given', pooled)
  const asked = { ...pooled, what: t(`shell.notices.asked.${types.find((one) => one === notice.detail.type) ?? 'access'}`, named) }
  const left = pooledEnd(t, notice, named.kind)
  if (left) return left
  if (what === 'request_done') return t(`shell.notices.ended.${endings.find((e) => e === notice.detail.state) ?? 'expired'}`, asked)
  const lost = what === 'recycled' && (['idle', 'no_deal'] as const).find((one) => one === notice.detail.why)
  if (lost) return t(`shell.notices.what.recycled_${lost}`, pooled)
  if (what === 'emergency') return t(`shell.notices.emergency.${roles.find((r) => r === notice.detail.role) ?? 'audit'}`, named)
  if (what === 'emergency_reviewed') return t(`shell.notices.verdict.${verdicts.find((v) => v === notice.detail.verdict) ?? 'follow_up'}`, named)
  return t(`shell.notices.what.${what}`, asked)
}

const pooledActs = ['claim', 'assign', 'release'] as const

/** What came of a request for many records of the pools: how many were done, and which not. */
function pooledEnd(t: ReturnType<typeof useText>['t'], notice: Notice, kind: string): string | undefined {
  const act = pooledActs.find((one) => one === notice.detail.action)
  if (notice.what !== 'request_done' || !act || notice.detail.left === undefined) return undefined
  const left = Number(notice.detail.left)
  const done = t(`shell.notices.pooled.${act}`, { kind, n: Number(notice.detail.done) })
  if (left === 0) return done
  const names = notice.named ?? []
  const which = names.length === 0 ? '' : t(names.length < left ? 'shell.notices.pooled.among' : 'shell.notices.pooled.which', { names: names.join(t('ask.between')) })
  return `${done}${t('shell.notices.pooled.left', { n: left, which })}`
}
