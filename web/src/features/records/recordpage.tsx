import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isStale, problemOf } from '@/api/problem'
import { useDelete, useRecord } from '@/api/records'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Failure } from '@/permission/failure'
import { NotFound } from '@/permission/notfound'
import { toast } from '@/ui/toast'
import { RecordSkeleton, RecordView } from './recordview'
import { Related } from './related'

interface Props {
  kind: Kind
  kinds: Kind[]
  id: string
}

export function RecordPage({ kind, kinds, id }: Props) {
  const { t } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const record = useRecord(kind.name, id)
  const remove = useDelete(kind.name, id)
  const [refused, setRefused] = useState<string>()
  useTitle(record.data?.title)

  if (record.isPending) return <RecordSkeleton />
  if (record.isError) {
    // An id that cannot be one is as missing as any other.
    if (problemOf(record.error).status === 400) return <NotFound />
    return <Failure page error={record.error} onRetry={() => void record.refetch()} />
  }
  const item = record.data
  return (
    <RecordView
      kind={kind}
      item={item}
      refreshing={record.isFetching}
      deleting={remove.isPending}
      failure={refused}
      onDelete={() =>
        remove.mutate(item.version, {
          onSuccess: () => {
            toast(t('record.deleted', { title: item.title }))
            void navigate({ to: '/records/$kind', params: { kind: kind.name } })
          },
          onError: (error) => {
            setRefused(problemText(error))
            if (isStale(error)) void record.refetch()
          },
        })
      }
    >
      <Related kind={kind} kinds={kinds} id={id} />
    </RecordView>
  )
}
