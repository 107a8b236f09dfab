import { useMemo } from 'react'
import { type MatrixQuestion, useMatrix } from '@/api/matrix'
import { useUnits } from '@/api/org'
import { hasFailed, isRefused } from '@/api/problem'
import { DraftBar } from '@/fields/draftbar'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { MatrixView } from './matrixview'
import { usePlaceNames } from './names'
import type { MatrixSearch } from './search'
import { inOrder } from './unitorder'
import { usePolicy } from './usepolicy'

interface Props {
  search: MatrixSearch
  onSearch: (search: MatrixSearch) => void
}

/** How many units stand in the rows when none is chosen. */
const firstUnits = 60

export default function MatrixPage({ search, onSearch }: Props) {
  const { t } = useText()
  const policy = usePolicy()
  const names = usePlaceNames()
  // Without the units no row of theirs is known.
  const units = useUnits()
  useTitle(t('policy.matrix.title'))

  const on = search.on ?? 'position'
  const rows = useMemo((): Pick<MatrixQuestion, 'rows' | 'positions'> => {
    const ids = search.ids
    if (on === 'position') return ids ? { rows: ids.map((position) => ({ position })) } : { positions: true }
    if (on === 'person') return { rows: (ids ?? []).map((person) => ({ person })) }
    const units = ids ?? inOrder(names.units).slice(0, firstUnits).map(({ unit }) => unit.id)
    return { rows: units.map((unit) => ({ unit })) }
  }, [on, search.ids, names.units])
  const question: MatrixQuestion = { part: search.part ?? 'actions', ...rows, kinds: search.kinds }
  const drafted = Boolean(search.draft && policy.draft)
  const ready = on !== 'unit' || names.units.length > 0
  const inForce = useMatrix(question, 0, ready)
  const inDraft = useMatrix({ ...question, draft: policy.draft?.id }, policy.draft?.version, ready && drafted)
  const shown = drafted ? inDraft : inForce

  const failure = [shown, units].find(hasFailed)?.error ?? policy.error
  const again = () => {
    policy.retry()
    void units.refetch()
    void shown.refetch()
  }
  if (isRefused(failure)) return <Failure page error={failure} onRetry={again} />
  return (
    <div className="policy-page">
      <PolicyTabs />
      {policy.mayEdit && <DraftBar />}
      {failure || !shown.data || policy.pending ? (
        <>
          <h1 className="sr-only">{t('policy.matrix.title')}</h1>
          {failure ? <Failure error={failure} onRetry={again} /> : <BoneRows rows={16} />}
        </>
      ) : (
        <MatrixView
          matrix={shown.data}
          before={drafted ? inForce.data : undefined}
          refreshing={shown.isPlaceholderData}
          draft={drafted ? policy.draft : undefined}
          policy={policy}
          search={search}
          onSearch={onSearch}
        />
      )}
    </div>
  )
}
