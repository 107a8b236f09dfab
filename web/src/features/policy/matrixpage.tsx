import { useMemo } from 'react'
import { type MatrixQuestion, useMatrix } from '@/api/matrix'
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

  return (
    <div className="policy-page">
      <PolicyTabs />
      {policy.mayEdit && <DraftBar />}
      {shown.isError || policy.error ? (
        <Failure
          page
          error={shown.error ?? policy.error}
          onRetry={() => {
            policy.retry()
            void shown.refetch()
          }}
        />
      ) : !shown.data || policy.pending ? (
        <BoneRows rows={16} />
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
