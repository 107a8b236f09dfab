import { useState } from 'react'
import { useUnits } from '@/api/org'
import { hasFailed, isRefused } from '@/api/problem'
import { useMe } from '@/api/session'
import type { Unit } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { OrgView } from './orgview'
import type { OrgSearch } from './search'

interface Props {
  search: OrgSearch
  /** Whether the caller may list people at all. */
  people: boolean
  onSearch: (search: OrgSearch) => void
}

export default function OrgPage({ search, people, onSearch }: Props) {
  const { t } = useText()
  const units = useUnits()
  const me = useMe()
  useTitle(t('org.title'))
  // What is under way in a dialog outlives the change of the policy that it brings about itself.
  const [kept, setKept] = useState<Unit[]>()
  if (units.data && units.data.items !== kept) setKept(units.data.items)
  if (kept && units.isPending) return <OrgView units={kept} search={search} people={people} can={me.data?.can} onSearch={onSearch} />
  if (isRefused(units.error)) return <Failure page error={units.error} onRetry={() => void units.refetch()} />
  if (!units.data) {
    return (
      <div className="org-none">
        <h1>{t('org.title')}</h1>
        {hasFailed(units) ? <Failure error={units.error} onRetry={() => void units.refetch()} /> : <BoneRows rows={16} />}
      </div>
    )
  }
  if (units.data.items.length === 0) return <State page icon="org" title={t('org.noData')} />
  return <OrgView units={units.data.items} search={search} people={people} can={me.data?.can} onSearch={onSearch} />
}
