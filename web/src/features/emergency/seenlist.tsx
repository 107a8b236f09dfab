import { type Emergency, type Seen, useSeen } from '@/api/emergencies'
import { problemOf } from '@/api/problem'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { BoneRows } from '@/ui/states'

const known = ['read', 'list', 'count', 'explain', 'commented'] as const

/** Without fields it is what stands below the record: its timeline, comments or files. */
const didOf = (line: Seen) => (line.action === 'read' && line.fields.length === 0 ? 'beneath' : (known.find((a) => a === line.action) ?? 'other'))

/** Which fields of what were looked at when; the values are not kept anywhere. */
export function SeenList({ one }: { one: Emergency }) {
  const { t, pick, format } = useText()
  const seen = useSeen(one.id)
  const Title = usePhone() ? 'h2' : 'h3'
  // Who opened it and whose record it was are not shown the list.
  if (problemOf(seen.error).kind === 'Denied') return null
  return (
    <section className="seen" aria-labelledby="seen-title">
      <Title id="seen-title">{t('emergency.seen')}</Title>
      {seen.isPending && <BoneRows rows={3} />}
      {seen.data?.length === 0 && <p className="muted">{t('emergency.seenNothing')}</p>}
      <ol>
        {(seen.data ?? []).map((line, index) => (
          <li key={`${line.at} ${index}`}>
            <time dateTime={line.at} className="num">
              {format.moment(line.at)}
            </time>
            <span>
              {t(`emergency.did.${didOf(line)}`)} {pick(line.label)} {line.record === one.record.id ? one.record.title : `#${line.record}`}
            </span>
            {line.fields.length > 0 && (
              <details className="muted">
                <summary>{t('emergency.fields', { n: line.fields.length, count: line.fields.length })}</summary>
                {line.fields.map((f) => pick(f.label)).join(t('emergency.between'))}
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
