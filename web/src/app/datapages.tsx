import { getRouteApi } from '@tanstack/react-router'
import { useKinds } from '@/api/kinds'
import { useMe } from '@/api/session'
import type { Kind, Me } from '@/api/types'
import ExportsPage from '@/features/jobs/exportspage'
import ImportJob from '@/features/jobs/importjob'
import ImportsPage from '@/features/jobs/importspage'
import ImportWizard from '@/features/jobs/importwizard'
import { BoneRows } from '@/ui/states'

// Imports and exports between their URLs and their pages.

function WithMe({ children }: { children: (me: Me, kinds: Kind[]) => React.ReactNode }) {
  const me = useMe()
  const kinds = useKinds()
  return me.data && kinds.data ? children(me.data, kinds.data) : <BoneRows />
}

const imports = getRouteApi('/shell/data/imports')

export function ImportsRoute() {
  const { of } = imports.useSearch()
  const navigate = imports.useNavigate()
  return (
    <WithMe>
      {(me, kinds) => (
        <ImportsPage
          kinds={kinds}
          of={of}
          may={kinds.some((k) => k.can.includes('import'))}
          oversees={me.can.includes('audit')}
          onOf={(next) => void navigate({ search: { of: next } })}
        />
      )}
    </WithMe>
  )
}

const wizard = getRouteApi('/shell/data/imports/new')

export function ImportWizardRoute() {
  const search = wizard.useSearch()
  return (
    <WithMe>
      {(_, kinds) => <ImportWizard key={`${search.kind ?? ''} ${search.upload ?? ''}`} kinds={kinds.filter((k) => k.can.includes('import'))} search={search} />}
    </WithMe>
  )
}

const job = getRouteApi('/shell/data/imports/$id')

export function ImportJobRoute() {
  const { id } = job.useParams()
  const search = job.useSearch()
  return <WithMe>{(_, kinds) => <ImportJob key={id} id={id} kinds={kinds} search={search} />}</WithMe>
}

const exports = getRouteApi('/shell/data/exports')

export function ExportsRoute() {
  const search = exports.useSearch()
  const navigate = exports.useNavigate()
  return (
    <WithMe>
      {(me, kinds) => (
        <ExportsPage
          key={JSON.stringify([search.kind, search.filter, search.q])}
          kinds={kinds}
          search={search}
          reads={me.kinds}
          oversees={me.can.includes('audit')}
          onSearch={(next) => void navigate({ search: next, replace: true })}
        />
      )}
    </WithMe>
  )
}
