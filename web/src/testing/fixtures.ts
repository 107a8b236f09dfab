import type { Explanation, Field, Item, Kind, Unit } from '@/api/types'

const field = (name: string, zh: string, en: string, rest: Partial<Field> = {}): Field => ({
  name,
  label: { zh, en },
  type: 'text',
  class: 'general',
  filter: true,
  sort: true,
  create: true,
  level: 'plain',
  ...rest,
})

export const stages = [
  { code: 'lead', label: { zh: '线索', en: 'Lead' } },
  { code: 'active', label: { zh: '成交', en: 'Active' } },
]

export const customer: Kind = {
  name: 'customer',
  label: { zh: '客户', en: 'Customer' },
  plural: { zh: '客户', en: 'Customers' },
  title: 'name',
  columns: ['name', 'stage', 'phone', 'revenue'],
  stages,
  relations: [{ name: 'contacts', label: { zh: '联系人', en: 'Contacts' }, kind: 'contact', field: 'customer', many: true }],
  can: ['create'],
  fields: [
    field('id', '编号', 'Id', { type: 'ref', read_only: true, create: false }),
    field('name', '客户名称', 'Name', { required: true }),
    field('stage', '阶段', 'Stage', { type: 'choice', choices: stages }),
    field('phone', '电话', 'Phone', { class: 'contact', format: 'phone', level: 'mixed' }),
    field('revenue', '年营业额', 'Revenue', { type: 'money', class: 'money' }),
    field('currency', '币种', 'Currency', { type: 'choice', class: 'money', choices: [{ code: 'CNY', label: { zh: '人民币', en: 'Yuan' } }] }),
    field('employees', '员工人数', 'Employees', { type: 'int' }),
    field('bank', '银行账号', 'Bank account', { class: 'identity', level: 'masked', filter: false, sort: false, create: false }),
    field('owner', '负责人', 'Owner', { type: 'ref', ref: 'person' }),
    field('tags', '标签', 'Tags', { type: 'choices' }),
  ],
}

export const contact: Kind = {
  ...customer,
  name: 'contact',
  label: { zh: '联系人', en: 'Contact' },
  plural: { zh: '联系人', en: 'Contacts' },
  columns: ['name'],
  relations: [],
  fields: [field('name', '姓名', 'Name'), field('customer', '客户', 'Customer', { type: 'ref', ref: 'customer' })],
}

export const item: Item = {
  id: '7',
  kind: 'customer',
  version: 3,
  title: '深蓝海洋装备',
  fields: {
    name: '深蓝海洋装备',
    stage: 'active',
    revenue: '1234567.5',
    currency: 'CNY',
    employees: 42,
    owner: '9',
    tags: ['重点'],
  },
  masked: { phone: '138****5678' },
  hidden: ['bank'],
  can: ['read', 'edit'],
  editable: ['name', 'stage', 'employees'],
  refs: { owner: { id: '9', title: '陈雨桐' } },
}

export const explanation: Explanation = {
  allowed: true,
  level: 'masked',
  permits: [
    {
      rule: 'sales/unit',
      effect: 'permit',
      origin: { type: 'pack' },
      from: { zh: '销售', en: '销售' },
      scene: { zh: '了解同事的客户', en: '了解同事的客户' },
      sentence: { zh: '销售 可以 查看 本部门的客户；联系方式打码', en: 'Sales may see customers of their unit; contact details masked' },
      until: '2026-12-31T00:00:00Z',
    },
  ],
  forbids: [
    {
      rule: 'guard/pool',
      effect: 'forbid',
      origin: { type: 'guard' },
      from: { zh: '公海保护', en: '公海保护' },
      scene: { zh: '防止抢单', en: '防止抢单' },
      sentence: { zh: '领取之前 任何人 不得 查看 联系方式', en: 'Nobody sees contact details before claiming' },
    },
  ],
  missing: [
    {
      rule: 'sales/own',
      effect: 'permit',
      origin: { type: 'pack' },
      from: { zh: '销售', en: '销售' },
      scene: { zh: '日常跟进', en: '日常跟进' },
      sentence: { zh: '销售 可以 查看 自己负责的客户', en: 'Sales may see customers they own' },
      lacks: [{ code: 'path', sentence: { zh: '您不是负责人', en: 'You are not the owner' } }],
    },
  ],
}

export const units: Unit[] = [
  { id: '1', name: '关雎生活', type: 'company', heads: [{ id: '9', name: '陈雨桐' }], people: 2 },
  { id: '2', parent: '1', name: '华南大区', type: 'region', people: 3 },
  { id: '3', parent: '2', name: '南山店', type: 'store', people: 6, place: { lat: 22.54, lng: 113.93 } },
  { id: '4', parent: '1', name: '财务部', type: 'department', people: 4 },
]
