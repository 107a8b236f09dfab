import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { validateFieldsSearch } from '@/features/customfields/search'
import { validatePoolSearch } from '@/features/pools/search'
import { validateMatrixSearch, validatePacksSearch } from '@/features/policy/search'
import { validateRulesSearch, validateVersionsSearch } from '@/features/rules/search'
import { validateStagesSearch } from '@/features/stages/search'
import { validateTagsSearch } from '@/features/tagging/search'
import { withTexts } from '@/lib/i18n'
import { shell } from './rootroutes'

// The pages of whoever governs permission.

const pages = () => import('./pages')

export const policy = createRoute({
  getParentRoute: () => shell,
  path: '/policy',
  beforeLoad: () => {
    throw redirect({ to: '/policy/packs', replace: true })
  },
})

export const packs = createRoute({
  getParentRoute: () => shell,
  path: '/policy/packs',
  validateSearch: validatePacksSearch,
  component: lazyRouteComponent(pages, 'PacksRoute'),
})

export const rules = createRoute({
  getParentRoute: () => shell,
  path: '/policy/rules',
  validateSearch: validateRulesSearch,
  component: lazyRouteComponent(pages, 'RulesRoute'),
})

export const drafts = createRoute({
  getParentRoute: () => shell,
  path: '/policy/drafts',
  component: lazyRouteComponent(pages, 'DraftsRoute'),
})

export const draft = createRoute({
  getParentRoute: () => shell,
  path: '/policy/drafts/$id',
  component: lazyRouteComponent(pages, 'DraftRoute'),
})

export const versions = createRoute({
  getParentRoute: () => shell,
  path: '/policy/versions',
  validateSearch: validateVersionsSearch,
  component: lazyRouteComponent(pages, 'VersionsRoute'),
})

export const matrix = createRoute({
  getParentRoute: () => shell,
  path: '/policy/matrix',
  validateSearch: validateMatrixSearch,
  component: lazyRouteComponent(pages, 'MatrixRoute'),
})

export const poolSettings = createRoute({
  getParentRoute: () => shell,
  path: '/policy/pools',
  validateSearch: validatePoolSearch,
  component: lazyRouteComponent(pages, 'PoolSettingsRoute'),
})

export const exportControl = createRoute({
  getParentRoute: () => shell,
  path: '/policy/exports',
  component: lazyRouteComponent(() => withTexts(['asks', 'policy'], import('./requestpages')), 'ExportControlRoute'),
})

export const fields = createRoute({
  getParentRoute: () => shell,
  path: '/policy/fields',
  validateSearch: validateFieldsSearch,
  component: lazyRouteComponent(() => import('./tagpages'), 'FieldsRoute'),
})

export const tagGroups = createRoute({
  getParentRoute: () => shell,
  path: '/policy/tags',
  validateSearch: validateTagsSearch,
  component: lazyRouteComponent(() => import('./tagpages'), 'TagsRoute'),
})

export const stages = createRoute({
  getParentRoute: () => shell,
  path: '/policy/stages',
  validateSearch: validateStagesSearch,
  component: lazyRouteComponent(() => import('./tagpages'), 'StagesRoute'),
})

export const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/policy/approvals',
  component: lazyRouteComponent(() => withTexts(['requests', 'policy'], import('./requestpages')), 'ApprovalsRoute'),
})
