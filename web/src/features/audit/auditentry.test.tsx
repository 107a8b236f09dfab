import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { AuditFact, AuditItem } from '@/api/auditlog'
import { customer } from '@/testing/fixtures'
import { answer, show } from '@/testing/render'
import { AuditEntry } from './auditentry'

const entry: AuditItem = { seq: '7', at: '2026-03-03T09:00:00Z', action: 'edit', person: { id: '1', name: '孙伟' }, fields: [], rules: [], epoch: 4, channel: 'web' }

async function row(item: Partial<AuditItem>) {
  answer(() => ({ body: { items: [customer] } }))
  const shown = await show(
    <table>
      <tbody>
        <AuditEntry item={{ ...entry, ...item }} search={{}} onSearch={() => undefined} />
      </tbody>
    </table>,
  )
  return { ...shown, cells: within(screen.getByRole('row')) }
}

it('says what the other person is to an act', async () => {
  const behalf = { id: '2', name: '林晓' }
  for (const [action, words] of [
    ['request_decided', '（代 林晓）'],
    ['emergency_reviewed', '（林晓 打开的）'],
    ['emergency_ended', '（林晓 打开的）'],
    ['report_made', '（给 林晓）'],
  ]) {
    const { cells, unmount } = await row({ action, on_behalf: behalf })
    expect(cells.getByText(words ?? '')).toBeTruthy()
    unmount()
  }
})

it('tells from what to what a field went where the reader sees it, and else that it changed', async () => {
  const field = (name: string, zh: string) => ({ name, label: { zh, en: name } })
  const { cells } = await row({
    kind: 'customer',
    fields: [field('name', '客户名称'), field('phone', '电话'), field('city', '城市')],
    changes: [
      { field: 'name', old: '旧名', new: '新名' },
      { field: 'phone', masked: true },
    ],
  })
  expect(await cells.findByText('客户名称：旧名 → 新名')).toBeTruthy()
  expect(cells.getByText('电话')).toBeTruthy()
  expect(cells.getByText('城市')).toBeTruthy()
})

it('says which rule forbade what was refused, or that none permits it', async () => {
  const refused = { action: 'refused', refused: 'read', code: 'record', kind: 'customer', record: { id: '5' } }
  const rule = (zh: string) => ({ id: zh, scene: { zh, en: zh } })
  const forbidden = await row({ ...refused, barred: 'forbidden', rules: [rule('机密客户只归老板'), rule('离职不看')] })
  expect(forbidden.cells.getByText(/被规则禁止：机密客户只归老板、离职不看/)).toBeTruthy()
  forbidden.unmount()
  const unpermitted = await row({ ...refused, barred: 'unpermitted', near: [rule('跟进自己的客户')] })
  expect(unpermitted.cells.getByText('没有规则允许 · 够不到它的规则：跟进自己的客户')).toBeTruthy()
  expect(unpermitted.cells.getByText('答复“没有这条记录”')).toBeTruthy()
  unpermitted.unmount()
  const limited = await row({ ...refused, code: 'reveal_day', refused: 'reveal' })
  expect(limited.cells.getByText('答复“当天查看明文的次数已用完”')).toBeTruthy()
})

it('says of a search of the log what was asked, and what is no act of the log when refused', async () => {
  const asked = { person: { id: '3', name: '林晓' }, kind: 'customer', record: '5', group: 'exports' }
  for (const [item, words] of [
    [{ action: 'list', operation: 'audit_entries', asked }, /检索审计日志.*林晓、客户 #5、导出/],
    [{ action: 'list', operation: 'audit_entries', asked: {} }, /检索审计日志.*全部条目/],
    [{ action: 'list', kind: 'contact', count: 3, beside: true }, /列出.*（作为关联名称显示）/],
    [{ action: 'refused', refused: 'policy' }, /被拒绝：管理权限规则/],
  ] as const) {
    const { cells, unmount } = await row(item)
    await waitFor(() => expect(cells.getAllByRole('cell')[2]?.textContent).toMatch(words))
    unmount()
  }
})

it('says what became of work in the background', async () => {
  const work = { id: '7', type: 'export', status: 'done', rows: 1200 }
  for (const [item, words] of [
    [{ action: 'work_ended', work }, /后台任务结束.*导出 #7、完成，共 1,200 条/],
    [{ action: 'work_began', work: { ...work, status: 'running', attempt: 2 } }, /后台任务开始.*导出 #7、上次中断，第 2 次执行/],
    [{ action: 'work_ended', code: 'interrupted', work: { ...work, type: 'import', status: 'failed', died: true } }, /导入 #7、执行中断、失败/],
    [{ action: 'work_cancelled', work: { ...work, status: 'running' } }, /要求取消后台任务.*导出 #7/],
    [{ action: 'work_began', work: { type: 'statistics', status: 'running' } }, /后台任务开始.*统计汇总$/],
    [{ action: 'work_ended', work: { id: '9', type: 'report', month: '2026-10', status: 'done', rows: 4 } }, /后台任务结束.*月报、2026-10、完成，共 4 条/],
    [{ action: 'work_ended', code: 'internal', work: { type: 'watch', status: 'failed' } }, /后台任务结束.*异常监测、失败/],
    [{ action: 'work_began', work: { type: 'watch', status: 'running', again: true } }, /后台任务开始.*异常监测、恢复正常/],
    [{ action: 'recycled', kind: 'pool', record: { id: '3', title: '华东公海' }, work: { id: '8', type: 'recycle', status: 'done', rows: 120, changed: 4 } }, /回收到公海.*华东公海.*#8、完成，共 120 条、改动 4 条/],
    [{ action: 'tagged', work: { id: '8', type: 'tags', status: 'running', of: 'customer', part: true, rows: 500 } }, /按规则改标签.*客户、更新标签 #8、进行中，这一批看了 500 条/],
  ] as const) {
    const { cells, unmount } = await row(item)
    await waitFor(() => expect(cells.getAllByRole('cell')[2]?.textContent).toMatch(words))
    unmount()
  }
})

it('names what changed in the rules, and the token by which something was done', async () => {
  const { cells } = await row({
    action: 'policy_changed',
    token: '9',
    version: 12,
    changed: [
      { op: 'added', part: 'rule', id: 'market', label: { zh: '了解市场', en: 'Market' } },
      { op: 'removed', part: 'pack', id: 'books' },
    ],
  })
  expect(cells.getByText('新增规则：了解市场')).toBeTruthy()
  expect(cells.getByText('删除权限包：books')).toBeTruthy()
  expect(cells.getByText(/规则第 12 版/)).toBeTruthy()
  expect(cells.getByText(/令牌 #9/)).toBeTruthy()
})

it("says what is an act's own, in words and with names", async () => {
  const fact = (key: string, more: Omit<AuditFact, 'key'>): AuditFact => ({ key, ...more })
  const acts: [Partial<AuditItem>, RegExp][] = [
    [{ action: 'alert_raised', facts: [fact('detector', { word: 'night' }), fact('done', { word: 'frozen' }), fact('person', { person: { id: '3', name: '林晓' } })] }, /发出警报.*非工作时间读取、已冻结账号、对象：林晓/],
    [{ action: 'policy_changed', facts: [fact('what', { word: 'export_limits' })] }, /权限规则变更.*导出上限/],
    [{ action: 'audit_retention', facts: [fact('days', { number: 0 })] }, /设置日志保存期限.*一直保存/],
    [{ action: 'requests_reminded', facts: [fact('requests', { ids: ['12', '13'] })] }, /催办.*申请 #12、#13/],
    [{ action: 'org_changed', kind: 'unit', kind_label: { zh: '部门', en: 'unit' }, record: { id: '4', title: '华东' }, facts: [fact('after', { text: '华东区' }), fact('what', { word: 'before' })] }, /组织变更.*华东.*改为“华东区”、修改/],
    [{ action: 'honey_marked', facts: [fact('marked', { word: 'true' }), fact('of', { label: { zh: '客户', en: 'Customer' } }), fact('record', { ids: ['9'] })] }, /设置诱饵.*设为诱饵、客户、#9/],
    [{ action: 'explain', facts: [fact('action', { word: 'export' }), fact('person', { person: { id: '3', name: '林晓' } })] }, /查询权限依据.*能否导出、对象：林晓/],
    [{ action: 'mail_failed', on_behalf: { id: '2', name: '林晓' }, facts: [fact('of', { word: 'report' }), fact('state', { word: 'failed' }), fact('why', { word: 'no_right' })] }, /邮件没有发出.*月报、已放弃发送、收件人已无权查看/],
    [{ action: 'commented', operation: 'removed' }, /评论.*删除/],
  ]
  for (const [item, words] of acts) {
    const { cells, unmount } = await row(item)
    await waitFor(() => expect(cells.getAllByRole('cell')[2]?.textContent).toMatch(words))
    unmount()
  }
})
