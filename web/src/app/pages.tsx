import { getRouteApi, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import type { Item, Kind } from '@/api/types'
import { actsOf } from '@/features/pools/acts'
import { RowActs } from '@/features/pools/rowacts'
import { ListPage } from '@/features/records/listpage'
import { withTexts } from '@/lib/i18n'
import { NotFound } from '@/permission/notfound'
import { BoneRows } from '@/ui/states'

// What stands between a URL and a page: its parameters, and the kind they name.

const Packs = lazy(() => withTexts(['policy', 'rules'], import('@/features/policy/packspage')))
const Matrix = lazy(() => withTexts(['policy', 'rules'], import('@/features/policy/matrixpage')))
const Rules = lazy(() => withTexts(['policy', 'rules'], import('@/features/rules/rulespage')))
const Drafts = lazy(() => withTexts(['policy', 'rules'], import('@/features/rules/draftspage')))
const Draft = lazy(() => withTexts(['policy', 'rules'], import('@/features/rules/draftpage')))
const Versions = lazy(() => withTexts(['policy', 'rules'], import('@/features/rules/versionspage')))
const Org = lazy(() => withTexts(['company'], import('@/features/org/orgpage')))
const Record = lazy(async () => ({ default: (await withTexts(['record'], import('@/features/record/recordpage'))).RecordPage }))
const OpenedByClaim = lazy(() => import('@/features/pools/untilclaimed'))
const RecordActs = lazy(() => withTexts(['pools'], import('@/features/pools/recordacts')))
const MassActs = lazy(() => withTexts(['pools'], import('@/features/pools/massacts')))
const Pools = lazy(() => withTexts(['pools'], import('@/features/pools/poolspage')))
const PoolSettings = lazy(() => withTexts(['policy', 'rules', 'pools'], import('@/features/pools/settingspage')))
const Create = lazy(() => withTexts(['record'], import('@/features/record/formpage')))
const Merge = lazy(() => withTexts(['record', 'ownership'], import('@/features/record/mergepage')))
const Edit = lazy(async () => ({ default: (await withTexts(['record'], import('@/features/record/formpage'))).EditPage }))

/** A kind that the caller may not see is no page. */
function WithKind({ name, children }: { name: string; children: (kind: Kind, kinds: Kind[]) => ReactNode }) {
  const asked = useKinds()
  const me = useMe()
  // What is open on the page (a tab, a panel) outlives that these two are read anew under a new policy.
  const [kept, setKept] = useState<{ kinds: Kind[]; mine: string[] }>()
  const now = asked.data && me.data ? { kinds: asked.data, mine: me.data.kinds } : undefined
  if (now && (now.kinds !== kept?.kinds || now.mine !== kept.mine)) setKept(now)
  const known = now ?? (asked.isError || me.isError ? undefined : kept)
  if (!known) return <BoneRows />
  const kind = known.kinds.find((k) => k.name === name)
  if (!kind || !known.mine.includes(name)) return <NotFound />
  return <Suspense fallback={<BoneRows />}>{children(kind, known.kinds)}</Suspense>
}

/** The kind whose records lie in pools. */
const pooled = 'customer'
const poolRowActs = (item: Item) => <RowActs kind={pooled} item={item} />
const poolActs = (item: Item) =>
  actsOf(item).length > 0 && (
    <Suspense>
      <RecordActs kind={pooled} item={item} />
    </Suspense>
  )

const list = getRouteApi('/shell/records/$kind')

export function ListRoute() {
  const { kind: name } = list.useParams()
  const search = list.useSearch()
  const navigate = list.useNavigate()
  return (
    <WithKind name={name}>
      {(kind) => (
        <ListPage
          key={name}
          kind={kind}
          search={search}
          onSearch={(next, replace) => void navigate({ search: next, replace })}
          rowActs={name === pooled ? poolRowActs : undefined}
          massActs={
            name === pooled
              ? (items, match, onDone) => (
                  <Suspense>
                    <MassActs kind={kind} items={items} match={match} onDone={onDone} />
                  </Suspense>
                )
              : undefined
          }
        />
      )}
    </WithKind>
  )
}

const record = getRouteApi('/shell/records/$kind/$id')

export function RecordRoute() {
  const { kind: name, id } = record.useParams()
  return (
    <WithKind name={name}>
      {(kind, kinds) =>
        name === pooled ? (
          <OpenedByClaim key={id} kind={name} id={id}>
            <Record kind={kind} kinds={kinds} id={id} acts={poolActs} />
          </OpenedByClaim>
        ) : (
          <Record key={id} kind={kind} kinds={kinds} id={id} />
        )
      }
    </WithKind>
  )
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

const merge = getRouteApi('/shell/records/$kind/$id/merge')

export function MergeRoute() {
  const { kind: name, id } = merge.useParams()
  return <WithKind name={name}>{(kind) => <Merge key={id} kind={kind} id={id} />}</WithKind>
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

const packs = getRouteApi('/shell/policy/packs')

export function PacksRoute() {
  const search = packs.useSearch()
  const navigate = packs.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Packs search={search} onSearch={(next) => void navigate({ search: next })} />
    </Suspense>
  )
}

const matrix = getRouteApi('/shell/policy/matrix')

export function MatrixRoute() {
  const search = matrix.useSearch()
  const navigate = matrix.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Matrix search={search} onSearch={(next) => void navigate({ search: next, replace: next.q !== search.q })} />
    </Suspense>
  )
}

const rules = getRouteApi('/shell/policy/rules')

export function RulesRoute() {
  const search = rules.useSearch()
  const navigate = rules.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Rules search={search} onSearch={(next) => void navigate({ search: next, replace: next.rule === search.rule })} />
    </Suspense>
  )
}

export function DraftsRoute() {
  return (
    <Suspense fallback={<BoneRows />}>
      <Drafts />
    </Suspense>
  )
}

const draft = getRouteApi('/shell/policy/drafts/$id')

export function DraftRoute() {
  const { id } = draft.useParams()
  const hash = useLocation({ select: (at) => at.hash })
  return (
    <Suspense fallback={<BoneRows />}>
      <Draft key={id} id={id} hash={hash} />
    </Suspense>
  )
}

const versions = getRouteApi('/shell/policy/versions')

export function VersionsRoute() {
  const search = versions.useSearch()
  const navigate = versions.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Versions search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
    </Suspense>
  )
}

export function PoolsRoute() {
  return (
    <Suspense fallback={<BoneRows />}>
      <Pools />
    </Suspense>
  )
}

const poolSettings = getRouteApi('/shell/policy/pools')

export function PoolSettingsRoute() {
  const { pool } = poolSettings.useSearch()
  const navigate = poolSettings.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <PoolSettings pool={pool} onPool={(next) => void navigate({ search: { pool: next } })} />
    </Suspense>
  )
}
