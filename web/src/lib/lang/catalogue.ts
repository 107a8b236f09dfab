// The texts of all areas as one type. An area is a file in both folders, loaded when a page needs
// it; its keys stand under the area's name.
import type base from './zh-CN/base'
import type lists from './zh-CN/lists'
import type record from './zh-CN/record'
import type shell from './zh-CN/shell'
import type policy from './zh-CN/policy'
import type rules from './zh-CN/rules'
import type company from './zh-CN/company'
import type jobs from './zh-CN/jobs'
import type figures from './zh-CN/figures'
import type setup from './zh-CN/setup'
import type access from './zh-CN/access'
import type pools from './zh-CN/pools'
import type ownership from './zh-CN/ownership'
import type requests from './zh-CN/requests'
import type refusals from './zh-CN/refusals'
import type sandboxes from './zh-CN/sandboxes'
import type asks from './zh-CN/asks'
import type emergency from './zh-CN/emergency'
import type customfields from './zh-CN/customfields'
import type tagging from './zh-CN/tagging'
import type audit from './zh-CN/audit'
import type trace from './zh-CN/trace'
import type alerts from './zh-CN/alerts'
import type factor from './zh-CN/factor'
import type statistics from './zh-CN/statistics'
import type watermark from './zh-CN/watermark'
import type reveal from './zh-CN/reveal'
import type mail from './zh-CN/mail'
import type reports from './zh-CN/reports'

export type Catalogue = typeof base &
  typeof refusals &
  typeof lists &
  typeof record &
  typeof shell &
  typeof policy &
  typeof rules &
  typeof company &
  typeof jobs &
  typeof figures &
  typeof statistics &
  typeof setup &
  typeof access &
  typeof pools &
  typeof ownership &
  typeof requests &
  typeof sandboxes &
  typeof asks &
  typeof emergency &
  typeof customfields &
  typeof tagging &
  typeof audit &
  typeof trace &
  typeof alerts &
  typeof factor &
  typeof watermark &
  typeof reveal &
  typeof mail &
  typeof reports

export const areas = [
  ...(['base', 'refusals', 'lists', 'record', 'shell', 'policy', 'rules', 'company', 'jobs', 'figures', 'statistics', 'setup'] as const),
  ...(['access', 'pools', 'ownership', 'requests', 'sandboxes', 'asks', 'emergency', 'customfields', 'tagging', 'audit', 'trace', 'alerts', 'factor', 'watermark', 'reveal', 'mail', 'reports'] as const),
] as const
export type Area = (typeof areas)[number]
