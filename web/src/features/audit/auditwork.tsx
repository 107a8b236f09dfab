import type { AuditItem } from '@/api/auditlog'
import { useKinds } from '@/api/kinds'
import { useText } from '@/lib/usetext'

const works = ['export', 'import', 'bulk', 'audit', 'statistics', 'report', 'recycle', 'tags', 'requests', 'seal', 'watch', 'retain', 'stream', 'mail'] as const
const ends = ['failed', 'cancelled', 'queued'] as const

/** Which work in the background, or which job of the program, it was, and what became of it. */
export function AuditWork({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const { work } = item
  if (!work) return null
  const type = works.find((one) => one === work.type)
  const of = kinds.data?.find((one) => one.name === work.of)
  const name = type ? t(`audit.work.types.${type}`) : work.type
  const began = item.action === 'work_began' || item.action === 'work_cancelled'
  const done = work.rows === undefined ? t('audit.work.ended') : t('audit.work.done', { count: work.rows, n: format.number(work.rows) })
  const state = () => {
    if (work.part) return t('audit.work.part', { count: work.rows ?? 0, n: format.number(work.rows ?? 0) })
    if (item.action !== 'work_ended' && work.status === 'queued') return t('audit.work.waits')
    const end = ends.find((one) => one === work.status)
    return end ? t(`audit.work.${end}`) : done
  }
  const said = [
    of && pick(of.label),
    work.id && !work.month ? t('audit.work.of', { type: name, id: work.id }) : name,
    work.month,
    work.died && t('audit.work.died'),
    !began && state(),
    work.changed !== undefined && t('audit.work.changed', { count: work.changed, n: format.number(work.changed) }),
    work.attempt && t('audit.work.attempt', { n: work.attempt }),
    work.again && t('audit.work.again'),
  ].filter(Boolean)
  return <> {said.join(t('audit.comma'))}</>
}
