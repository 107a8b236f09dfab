import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { Item } from '@/api/types'
import { customer, item } from '@/testing/fixtures'
import { show } from '@/testing/render'
import { FormView } from './formview'

function form(of: Item | undefined, faults: Record<string, string> = {}) {
  const onSubmit = vi.fn()
  const fields = customer.fields.filter((f) => (of ? of.editable?.includes(f.name) : f.create))
  const view = (
    <FormView
      kind={customer}
      item={of}
      fields={fields}
      title="表单"
      busy={false}
      faults={faults}
      onDirty={() => undefined}
      onCancel={() => undefined}
      onSubmit={onSubmit}
    />
  )
  return { onSubmit, shown: show(view) }
}

it('sends what changed, and nothing else', async () => {
  const { onSubmit, shown } = form(item)
  await shown
  const size = screen.getByLabelText('员工人数')
  await userEvent.clear(size)
  await userEvent.type(size, '1,024')
  await userEvent.type(screen.getByLabelText(/客户名称/), 'x{Backspace}')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(onSubmit).toHaveBeenCalledWith({ employees: 1024 })
})

it('offers only what may be edited', async () => {
  await form(item).shown
  expect(screen.queryByLabelText('电话')).toBeNull()
  expect(screen.queryByLabelText('银行账号')).toBeNull()
})

it('asks for what a new record needs', async () => {
  const { onSubmit, shown } = form(undefined)
  await shown
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(screen.getByRole('alert').textContent).toBe('请填写客户名称。')
  expect(document.activeElement?.id).toBe('field-name')
  expect(onSubmit).not.toHaveBeenCalled()
})

it('shows the server’s refusal at its field, and elsewhere what belongs to none', async () => {
  await form(item, { name: '名称已存在。', '': '没有权限。' }).shown
  expect(screen.getByText('名称已存在。').id).toBe('fault-name')
  expect(screen.getByText('没有保存：没有权限。')).toBeTruthy()
})

it('says so when nothing may be edited', async () => {
  await form({ ...item, editable: [] }).shown
  expect(screen.getByText('您不能编辑这条记录的任何字段。')).toBeTruthy()
})
