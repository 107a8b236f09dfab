import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Cond, Path, Rule } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import type { TagRun } from '@/api/taggroups'
import { setLanguage } from '@/lib/i18n'
import { answer, show } from '@/testing/render'
import { AwaitedTags } from './awaitedtags'

const kind = (name: string, relations: Record<string, string>): RuleKind => ({
  name,
  label: { zh: name, en: name },
  plural: { zh: name, en: name },
  fields: ['spending', 'baby'].map((group) => ({ name: `c_${group}`, label: { zh: group === 'baby' ? '宝宝' : '消费', en: group }, type: 'choices', class: 'general', custom: true, group: true, masks: [], mask: 'masked:constant', examples: [] }) as RuleKind['fields'][number]),
  stages: [],
  relations: Object.entries(relations).map(([relation, to]) => ({ name: relation, label: { zh: relation, en: relation }, kind: to, many: false, always: true })),
  actions: [],
  paths: [],
  searched: [],
})
const kinds = [kind('customer', { contracts: 'contract' }), kind('contract', { customer: 'customer' })]

const rule = (parts: { kind?: string; effect?: Rule['effect']; when?: Cond; where?: Path }): Rule => ({
  id: 'r', effect: 'forbid', who: { any: [] }, kind: 'customer', actions: ['edit'], where: { path: 'all' }, scene: '', ...parts,
})
const tag = (field: string): Cond => ({ op: 'tag', field, value: { text: 'some' } })

const run = (parts: Partial<TagRun>): TagRun => ({
  id: '1', kind: 'customer', why: 'changed', status: 'running', total: 4000, looked: 1200, changed: 3, created_at: '2026-03-01T02:00:00Z', awaits: ['c_spending'], ...parts,
})
const serve = (...runs: TagRun[]) => answer(() => ({ body: { items: runs } }))

it('says how far the first deriving is and that the rule holds meanwhile, until it has run', async () => {
  let now = run({})
  const calls = answer(() => ({ body: { items: [now] } }))
  await show(<AwaitedTags rule={rule({ when: { op: 'all', args: [{ op: 'eq', field: 'city' }, { op: 'not', args: [tag('c_spending')] }] } })} kinds={kinds} />)
  expect((await screen.findByText(/标签“消费”正在首次计算。 已算 1200 \/ 4000 条/)).textContent).toContain('这条禁止规则对它们一律生效，先锁住')
  expect(screen.getByRole('progressbar', { name: '“消费”的首次计算' }).getAttribute('value')).toBe('1200')
  expect(screen.getByRole('link', { name: '查看标签更新' }).getAttribute('href')).toBe('/policy/tags?group=customer.c_spending')
  now = run({ status: 'done', awaits: undefined })
  await waitFor(() => expect(screen.queryByText(/首次计算/)).toBeNull())
  expect(calls.length).toBeGreaterThan(1)
})

it('says of a permission that it opens nothing meanwhile, and of a cancelled run where it stopped', async () => {
  serve(run({ status: 'cancelled' }))
  await show(<AwaitedTags rule={rule({ effect: 'permit', when: tag('c_spending') })} kinds={kinds} />)
  const said = (await screen.findByText(/首次计算被取消。 已算 1200 \/ 4000 条/)).textContent
  expect(said).toContain('这条允许规则对它们一律不生效，先不放行')
  expect(screen.queryByRole('progressbar')).toBeNull()
})

it('finds tags of other kinds behind relations, in conditions and in paths', async () => {
  await setLanguage('en')
  const named: Parameters<typeof rule>[0][] = [
    { kind: 'contract', when: tag('customer.c_spending') },
    { kind: 'contract', when: { op: 'exists', relation: 'customer', args: [tag('c_spending')] } },
    { kind: 'contract', where: { path: 'linked', relation: 'customer', cond: tag('c_spending') } },
  ]
  for (const parts of named) {
    serve(run({}))
    const shown = await show(<AwaitedTags rule={rule(parts)} kinds={kinds} />)
    expect((await screen.findByText(/The tags “spending” are being derived for the first time. 1200 of 4000/)).textContent).toContain('this prohibition holds for all of them')
    shown.unmount()
  }
})

it('says nothing of groups that the rule does not name, or of the same name on another kind', async () => {
  for (const parts of [{ when: tag('c_baby') }, { kind: 'contract', when: tag('c_spending') }, {}]) {
    const calls = serve(run({}))
    const shown = await show(<AwaitedTags rule={rule(parts)} kinds={kinds} />)
    await waitFor(() => expect(calls.length).toBeGreaterThan(1)) // it has looked, and looks on
    expect(screen.queryByText(/首次计算/)).toBeNull()
    shown.unmount()
  }
})
