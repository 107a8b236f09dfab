import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import SandboxesPage from '@/features/access/sandboxespage'
import NewSandboxPage from '@/features/access/newsandbox'
import SandboxPage from '@/features/access/sandboxpage'
import { BoneRows } from '@/ui/states'

// Sandboxes, between their URLs and their pages.

const list = getRouteApi('/shell/sandboxes')

export function SandboxesRoute() {
  const search = list.useSearch()
  const navigate = list.useNavigate()
  const me = useMe()
  return me.data ? <SandboxesPage me={me.data} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} /> : <BoneRows />
}

export function NewSandboxRoute() {
  const navigate = useNavigate()
  const kinds = useKinds()
  return kinds.data ? <NewSandboxPage kinds={kinds.data} onDone={(id) => void navigate({ to: '/sandboxes/$id', params: { id } })} /> : <BoneRows />
}

const one = getRouteApi('/shell/sandboxes/$id')

export function SandboxRoute() {
  const { id } = one.useParams()
  const { view } = one.useSearch()
  const navigate = one.useNavigate()
  const me = useMe()
  const kinds = useKinds()
  return me.data && kinds.data ? <SandboxPage key={id} id={id} me={me.data} kinds={kinds.data} statement={view === 'statement'} onView={(next) => void navigate({ search: { view: next }, replace: true })} /> : <BoneRows />
}
