import { getRouteApi } from '@tanstack/react-router'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import AccessPage from '@/features/access/accesspage'
import GrantsPage from '@/features/access/grantspage'
import { BoneRows } from '@/ui/states'

// What one holds, and temporary access, between their URLs and their pages.

const access = getRouteApi('/shell/access')

export function AccessRoute() {
  const search = access.useSearch()
  const navigate = access.useNavigate()
  const me = useMe()
  return me.data ? <AccessPage me={me.data} search={search} onSearch={(next) => void navigate({ search: next })} /> : <BoneRows />
}

const grants = getRouteApi('/shell/grants')

export function GrantsRoute() {
  const search = grants.useSearch()
  const navigate = grants.useNavigate()
  const me = useMe()
  const kinds = useKinds()
  return me.data && kinds.data ? (
    <GrantsPage me={me.data} kinds={kinds.data} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
  ) : (
    <BoneRows />
  )
}
