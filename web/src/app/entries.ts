import type { Me } from '@/api/types'
import type { IconName } from '@/ui/icons'

// The pages beside those of the kinds, in one table: navigation, palette and shortcuts read it. A
// page shows when its route is there and the person has what it needs.

export interface Entry {
  path: string
  name:
    | 'home'
    | 'statistics'
    | 'requests'
    | 'calendar'
    | 'access'
    | 'grants'
    | 'sandboxes'
    | 'emergencies'
    | 'pools'
    | 'org'
    | 'routing'
    | 'signIn'
    | 'packs'
    | 'matrix'
    | 'rules'
    | 'drafts'
    | 'versions'
    | 'poolSettings'
    | 'fields'
    | 'tagGroups'
    | 'stages'
    | 'approvals'
    | 'exportControl'
    | 'audit'
    | 'trace'
    | 'erase'
    | 'alerts'
    | 'reports'
    | 'mail'
    | 'imports'
    | 'exports'
    | 'setup'
  icon: IconName
  group: 'top' | 'customers' | 'work' | 'company' | 'policy' | 'data'
  /** The letter behind g. */
  key?: string
  may?: (me: Me) => boolean
}

const governs = (me: Me) => me.can.includes('policy') || me.can.includes('audit')

export const entries: Entry[] = [
  { path: '/', name: 'home', icon: 'home', group: 'top', key: 'h' },
  { path: '/statistics', name: 'statistics', icon: 'columns', group: 'top', may: (me) => (me.figures ?? 0) > 0 || governs(me) },
  { path: '/requests', name: 'requests', icon: 'check', group: 'top' },
  { path: '/calendar', name: 'calendar', icon: 'calendar', group: 'work' },
  { path: '/pools', name: 'pools', icon: 'pool', group: 'customers', key: 'u', may: (me) => me.pools > 0 },
  { path: '/org', name: 'org', icon: 'org', group: 'company', key: 'o' },
  { path: '/access', name: 'access', icon: 'user', group: 'work' },
  { path: '/grants', name: 'grants', icon: 'share', group: 'work' },
  { path: '/sandboxes', name: 'sandboxes', icon: 'person', group: 'work' },
  { path: '/emergencies', name: 'emergencies', icon: 'warn', group: 'work', may: (me) => me.can.includes('break_glass') || governs(me) || me.appointments.some((a) => a.head) },
  { path: '/routing', name: 'routing', icon: 'bell', group: 'company', may: governs },
  { path: '/org/sign-in', name: 'signIn', icon: 'lock', group: 'company', may: (me) => me.can.includes('people') || governs(me) },
  { path: '/org/mail', name: 'mail', icon: 'share', group: 'company', may: (me) => me.can.includes('policy') },
  { path: '/policy/packs', name: 'packs', icon: 'shield', group: 'policy', key: 'p', may: governs },
  { path: '/policy/matrix', name: 'matrix', icon: 'columns', group: 'policy', key: 'm', may: governs },
  { path: '/policy/rules', name: 'rules', icon: 'contract', group: 'policy', key: 'r', may: governs },
  { path: '/policy/drafts', name: 'drafts', icon: 'edit', group: 'policy', may: governs },
  { path: '/policy/versions', name: 'versions', icon: 'clock', group: 'policy', may: governs },
  { path: '/policy/pools', name: 'poolSettings', icon: 'pool', group: 'policy', may: (me) => me.can.includes('policy') },
  { path: '/policy/fields', name: 'fields', icon: 'edit', group: 'policy', may: governs },
  { path: '/policy/tags', name: 'tagGroups', icon: 'tag', group: 'policy', may: governs },
  { path: '/policy/stages', name: 'stages', icon: 'board', group: 'policy', may: governs },
  { path: '/policy/approvals', name: 'approvals', icon: 'check', group: 'policy', may: governs },
  { path: '/policy/exports', name: 'exportControl', icon: 'down', group: 'policy', may: governs },
  { path: '/audit', name: 'audit', icon: 'shield', group: 'data', may: (me) => me.can.includes('audit') },
  { path: '/audit/trace', name: 'trace', icon: 'search', group: 'data', may: (me) => me.can.includes('audit') },
  { path: '/audit/erase', name: 'erase', icon: 'person', group: 'data', may: (me) => me.can.includes('policy') },
  { path: '/alerts', name: 'alerts', icon: 'warn', group: 'data', may: governs },
  { path: '/reports', name: 'reports', icon: 'contract', group: 'data', may: (me) => governs(me) || me.appointments.some((a) => a.head) },
  { path: '/data/imports', name: 'imports', icon: 'up', group: 'data', may: (me) => me.can.includes('import') || me.can.includes('audit') },
  { path: '/data/exports', name: 'exports', icon: 'down', group: 'data' },
]

/** Letters behind g for kinds. */
export const kindKeys: Record<string, string> = { customer: 'c', contact: 'l', opportunity: 's', contract: 'k', ticket: 'i', task: 't', activity: 'a' }
