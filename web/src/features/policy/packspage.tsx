import { DraftBar } from '@/fields/draftbar'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { PacksView } from './packsview'
import type { PacksSearch } from './search'
import { usePolicy } from './usepolicy'

interface Props {
  search: PacksSearch
  onSearch: (search: PacksSearch) => void
}

export default function PacksPage({ search, onSearch }: Props) {
  const { t } = useText()
  const policy = usePolicy()
  useTitle(t('policy.packs.title'))
  return (
    <div className="policy-page">
      <PolicyTabs />
      {policy.error ? (
        <Failure page error={policy.error} onRetry={policy.retry} />
      ) : policy.pending ? (
        <BoneRows rows={14} />
      ) : (
        <>
          {policy.mayEdit && <DraftBar />}
          <PacksView policy={policy} search={search} onSearch={onSearch} />
        </>
      )}
    </div>
  )
}
