import { isRefused } from '@/api/problem'
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
  if (isRefused(policy.error)) return <Failure page error={policy.error} onRetry={policy.retry} />
  return (
    <div className="policy-page">
      <PolicyTabs />
      {policy.error || policy.pending ? (
        <>
          <h1 className="sr-only">{t('policy.packs.title')}</h1>
          {policy.error ? <Failure error={policy.error} onRetry={policy.retry} /> : <BoneRows rows={14} />}
        </>
      ) : (
        <>
          {policy.mayEdit && <DraftBar />}
          <PacksView policy={policy} search={search} onSearch={onSearch} />
        </>
      )}
    </div>
  )
}
