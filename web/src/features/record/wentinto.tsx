import { Link } from '@tanstack/react-router'
import { useMergedInto } from '@/api/ownership'
import { useText } from '@/lib/usetext'
import { State } from '@/ui/states'
import { RecordSkeleton } from './recordview'

/** In place of a record that is not there: where it went when it was merged, else what others see too. */
export default function WentInto({ kind, id, children }: { kind: string; id: string; children: React.ReactNode }) {
  const { t } = useText()
  const into = useMergedInto(kind, id)
  if (into.isPending) return <RecordSkeleton />
  if (!into.data) return children
  return (
    <State page icon="merge" title={t('ownership.mergedInto')} text={t('ownership.mergedIntoText')}>
      <Link to="/records/$kind/$id" params={{ kind: into.data.kind, id: into.data.id }} className="btn primary">
        {t('ownership.mergedOpen', { title: into.data.title || t('list.untitled') })}
      </Link>
    </State>
  )
}
