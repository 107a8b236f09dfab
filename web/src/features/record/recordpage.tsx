import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { isHeld } from '@/api/held'
import { hasFailed, isNotFound, isStale, problemOf } from '@/api/problem'
import { useDelete, useRecord } from '@/api/records'
import { useMe } from '@/api/session'
import { useTags } from '@/api/tags'
import type { Item, Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { GlassBanner } from '@/permission/glass'
import { NotFound } from '@/permission/notfound'
import { useProblemText } from '@/permission/problemtext'
import { toast } from '@/ui/toast'
import { ExportAct } from './exportact'
import { FilesPanel } from './files'
import { followable } from './followup'
import { OwnActs } from './ownacts'
import { RecordSkeleton, RecordView, type Tab } from './recordview'
import { Related } from './related'
import { TeamPanel } from './team'
import { ThumbBar } from './thumbbar'
import { TimelinePanel } from './timeline'
import { WhoCan } from './whocan'

const WentInto = lazy(() => withTexts(['ownership'], import('./wentinto')))

interface Props {
  kind: Kind
  kinds: Kind[]
  id: string
  /** More that can be done with the record, as buttons. */
  acts?: (item: Item) => ReactNode
}

export function RecordPage({ kind, kinds, id, acts }: Props) {
  const { t } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const record = useRecord(kind.name, id)
  const remove = useDelete(kind.name, id)
  const me = useMe()
  const [refused, setRefused] = useState<string>()
  const [asking, setAsking] = useState(false)
  const [tab, setTab] = useState<string>()
  const [tagging, setTagging] = useState(false)
  const tags = useTags(kind.name, tagging)
  const activity = useMemo(() => kinds.find((k) => k.name === 'activity'), [kinds])
  useTitle(record.data?.title)

  if (record.isPending) return <RecordSkeleton />
  if (!record.data || hasFailed(record)) {
    // An id that cannot be one is as missing as any other.
    if (problemOf(record.error).status === 400) return <NotFound />
    const failure = <Failure page target={{ kind: kind.name, id }} error={record.error} onRetry={() => void record.refetch()} />
    if (!isNotFound(record.error)) return failure
    return (
      <Suspense fallback={<RecordSkeleton />}>
        <WentInto kind={kind.name} id={id}>
          {failure}
        </WentInto>
      </Suspense>
    )
  }
  const item = record.data
  const links = followable(kind, item, activity)
  // The server answers who may change the record, and who watches over permission.
  const mayAsk = me.data && !me.data.viewer && (mayDo(item, 'edit') || me.data.can.includes('policy') || me.data.can.includes('audit'))
  const talks = kind.fields.some((f) => f.class === 'communication')
  const tabs: Tab[] = [
    { key: 'timeline', label: t('record.timeline'), content: () => <TimelinePanel kind={kind} kinds={kinds} item={item} links={links} /> },
  ]
  if (kind.relations.some((r) => r.many && kinds.some((k) => k.name === r.kind))) {
    tabs.push({ key: 'related', label: t('record.related'), content: () => <Related kind={kind} kinds={kinds} id={id} /> })
  }
  if (talks) tabs.push({ key: 'files', label: t('record.files'), content: () => <FilesPanel kind={kind.name} id={id} /> })
  if (kind.name !== 'person') tabs.push({ key: 'team', label: t('record.team'), content: () => <TeamPanel kind={kind} item={item} /> })
  return (
    <>
      <GlassBanner item={item} />
      <RecordView
        kind={kind}
        item={item}
        refreshing={record.isFetching}
        deleting={remove.isPending}
        failure={refused}
        onWho={mayAsk ? () => setAsking(true) : undefined}
        tags={tags}
        onTagging={() => setTagging(true)}
        tabs={tabs}
        tab={tab}
        onTab={setTab}
        acts={acts?.(item)}
        more={
          !me.data?.viewer && (
            <>
              <OwnActs kind={kind} item={item} />
              <ExportAct kind={kind} item={item} kinds={kinds} />
            </>
          )
        }
        thumb={<ThumbBar kind={kind} item={item} activity={activity} links={links} acts={acts?.(item)} />}
        onDelete={() =>
          remove.mutate(item.version, {
            onSuccess: () => {
              toast(t('record.deleted', { title: item.title }))
              void navigate({ to: '/records/$kind', params: { kind: kind.name } })
            },
            onError: (error) => {
              if (!isHeld(error)) setRefused(problemText(error))
              if (isStale(error)) void record.refetch()
            },
          })
        }
      />
      {asking && <WhoCan kind={kind.name} id={id} onClose={() => setAsking(false)} />}
    </>
  )
}
