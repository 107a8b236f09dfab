import { lazy, Suspense } from 'react'
import { withTexts } from '@/lib/i18n'
import { BoneRows } from '@/ui/states'
import { fields, stages, tagGroups } from './policyroutes'

// The pages of fields, tag groups and stages, with what their URLs say.

const Tags = lazy(() => withTexts(['policy', 'rules', 'tagging'], import('@/features/tagging/tagspage')))
const Fields = lazy(() => withTexts(['policy', 'rules', 'tagging', 'customfields'], import('@/features/customfields/fieldspage')))
const Stages = lazy(() => withTexts(['policy', 'tagging'], import('@/features/stages/stagespage')))

export function TagsRoute() {
  const { group } = tagGroups.useSearch()
  const navigate = tagGroups.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Tags group={group} onGroup={(next) => void navigate({ search: { group: next } })} />
    </Suspense>
  )
}

export function StagesRoute() {
  const { kind } = stages.useSearch()
  const navigate = stages.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Stages kind={kind} onKind={(next) => void navigate({ search: { kind: next } })} />
    </Suspense>
  )
}

export function FieldsRoute() {
  const search = fields.useSearch()
  const navigate = fields.useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Fields {...search} onSearch={(next) => void navigate({ search: next })} />
    </Suspense>
  )
}
