import { getRouteApi, Navigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import type { Kind } from '@/api/types'
import { ListPage } from '@/features/records/listpage'
import { useText } from '@/lib/usetext'
import { NotFound } from '@/permission/notfound'
import { BoneRows, State } from '@/ui/states'

// What stands between a URL and a page: its parameters, and the kind they name.

const Org = lazy(() => import('@/features/org/orgpage'))
const Record = lazy(async () => ({ default: (await import('@/features/records/recordpage')).RecordPage }))
const Create = lazy(() => import('@/features/records/formpage'))
const Edit = lazy(async () => ({ default: (await import('@/features/records/formpage')).EditPage }))

/** A kind that the caller may not see is no page. */
function WithKind({ name, children }: { name: string; children: (kind: Kind, kinds: Kind[]) => ReactNode }) {
  const kinds = useKinds()
  const me = useMe()
  if (!kinds.data || !me.data) return <BoneRows />
  const kind = kinds.data.find((k) => k.name === name)
  if (!kind || !me.data.kinds.includes(name)) return <NotFound />
  return <Suspense fallback={<BoneRows />}>{children(kind, kinds.data)}</Suspense>
}

export function HomeRoute() {
  const me = useMe()
  const { t } = useText()
  if (!me.data) return <BoneRows />
  const first = ['customer', 'ticket', 'task', 'contract'].find((k) => me.data.kinds.includes(k)) ?? me.data.kinds[0]
  if (first) return <Navigate to="/records/$kind" params={{ kind: first }} replace />
  return <State page icon="shield" title={t('nav.nothingTitle')} text={t('nav.nothing')} />
}

const list = getRouteApi('/shell/records/$kind')

export function ListRoute() {
  const { kind: name } = list.useParams()
  const search = list.useSearch()
  const navigate = list.useNavigate()
  return (
    <WithKind name={name}>
      {(kind) => (
        <ListPage key={name} kind={kind} search={search} onSearch={(next) => void navigate({ search: next })} />
      )}
    </WithKind>
  )
}

const record = getRouteApi('/shell/records/$kind/$id')

export function RecordRoute() {
  const { kind: name, id } = record.useParams()
  return <WithKind name={name}>{(kind, kinds) => <Record key={id} kind={kind} kinds={kinds} id={id} />}</WithKind>
}

const create = getRouteApi('/shell/records/$kind/new')

export function CreateRoute() {
  const { kind: name } = create.useParams()
  return <WithKind name={name}>{(kind) => <Create kind={kind} />}</WithKind>
}

const edit = getRouteApi('/shell/records/$kind/$id/edit')

export function EditRoute() {
  const { kind: name, id } = edit.useParams()
  return <WithKind name={name}>{(kind) => <Edit kind={kind} id={id} />}</WithKind>
}

const org = getRouteApi('/shell/org')

export function OrgRoute() {
  const search = org.useSearch()
  const navigate = org.useNavigate()
  const me = useMe()
  return (
    <Suspense fallback={<BoneRows />}>
      <Org
        search={search}
        people={me.data?.kinds.includes('person') ?? false}
        onSearch={(next) => void navigate({ search: next, replace: next.unit === search.unit })}
      />
    </Suspense>
  )
}
