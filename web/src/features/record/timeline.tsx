import { type ReactNode, useState } from 'react'
import { type Happening, useComments, useTimeline } from '@/api/beneath'
import { hasFailed } from '@/api/problem'
import type { Item, Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { State, Still } from '@/ui/states'
import { Composer } from './composer'
import { Entry } from './entry'
import { FollowUp } from './followup'

const parts = ['all', 'activities', 'comments', 'changes', 'related', 'files', 'permissions'] as const
type Part = (typeof parts)[number]

interface Props {
  kind: Kind
  kinds: Kind[]
  item: Item
  /** What a new activity is linked to; undefined where one cannot be made. */
  links?: Record<string, Value>
}

/** Everything that has to do with a record in one stream, the newest first. */
export function TimelinePanel({ kind, kinds, item, links }: Props) {
  const { t } = useText()
  const [part, setPart] = useState<Part>('all')
  const [writing, setWriting] = useState<'comment' | 'follow'>()
  const list = useTimeline(kind.name, item.id, part === 'all' ? undefined : part)
  const comments = useComments(kind.name, item.id)
  const activity = kinds.find((k) => k.name === 'activity')
  const mayComment = comments.data?.can.includes('add') ?? false
  const mayFollow = links !== undefined && activity !== undefined
  const open = writing ?? (mayComment ? 'comment' : mayFollow ? 'follow' : undefined)
  return (
    <>
      {open && (
        <div className="card compose-card">
          {mayComment && mayFollow && (
            <div className="segments" role="group" aria-label={t('record.write')}>
              <button type="button" aria-pressed={open === 'comment'} onClick={() => setWriting('comment')}>
                {t('record.comment.label')}
              </button>
              <button type="button" aria-pressed={open === 'follow'} onClick={() => setWriting('follow')}>
                {t('record.follow.label')}
              </button>
            </div>
          )}
          {open === 'comment' && mayComment && <Composer kind={kind.name} id={item.id} />}
          {open === 'follow' && mayFollow && (
            <FollowUp kind={kind} item={item} activity={activity} links={links} onDone={() => setWriting(undefined)} />
          )}
        </div>
      )}
      <div className="chips timeline-parts" role="radiogroup" aria-label={t('record.filter')}>
        {parts.map((one) => (
          <button key={one} type="button" role="radio" aria-checked={one === part} onClick={() => setPart(one)}>
            {t(`record.all.${one}`)}
          </button>
        ))}
      </div>
      {list.isPending && <Bones />}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <TimelineView kind={kind} kinds={kinds} item={item} all={part === 'all'} happenings={list.data.pages.flatMap((page) => page.items)} archived={list.data.pages.at(-1)?.archived_before}>
          {list.hasNextPage && (
            <button type="button" className="btn timeline-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? t('app.loading') : t('record.older')}
            </button>
          )}
        </TimelineView>
      )}
    </>
  )
}

function Bones() {
  const { t } = useText()
  return (
    <div className="timeline-bones" role="status" aria-label={t('app.loading')}>
      <span className="bone" />
      <span className="bone" />
      <span className="bone" />
      <Still />
    </div>
  )
}

interface ViewProps {
  kind: Kind
  kinds: Kind[]
  item: Item
  all: boolean
  happenings: Happening[]
  /** Changes up to then lie in archives of the audit log. */
  archived?: string
  children?: ReactNode
}

export function TimelineView({ kind, kinds, item, all, happenings, archived, children }: ViewProps) {
  const { t, format } = useText()
  const older = archived && (
    <p className="note" role="note">
      <Icon name="clock" />
      {t('record.archived', { at: format.moment(archived) })}
    </p>
  )
  if (happenings.length === 0) {
    if (older) return older
    return all ? (
      <State icon="activity" title={t('record.none')} text={t('record.noneHint')} />
    ) : (
      <p className="muted timeline-none">{t('record.noneOf')}</p>
    )
  }
  const days = new Map<string, Happening[]>()
  const now = new Date()
  const dayOf = (text: string) => {
    const at = new Date(text)
    if (at > now && at.toDateString() !== now.toDateString()) return t('record.upcoming')
    if (at.toDateString() === now.toDateString()) return t('record.today')
    const yesterday = new Date(now)
    yesterday.setDate(now.getDate() - 1)
    if (at.toDateString() === yesterday.toDateString()) return t('record.yesterday')
    return format.moment(text).split(' ')[0]?.replace(/,$/, '') ?? text
  }
  for (const one of happenings) {
    const day = dayOf(one.at)
    days.set(day, [...(days.get(day) ?? []), one])
  }
  return (
    <div className="timeline">
      {[...days].map(([day, list]) => (
        <section key={day}>
          <h2>{day}</h2>
          <ol>
            {list.map((one) => (
              <Entry key={one.id} kind={kind} kinds={kinds} item={item} entry={one} />
            ))}
          </ol>
        </section>
      ))}
      {children}
      {older}
    </div>
  )
}
