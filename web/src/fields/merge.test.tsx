import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { customer, item } from '@/testing/fixtures'
import { show } from '@/testing/render'
import { Merge } from './merge'

const theirs = { ...item, version: 4, fields: { ...item.fields, name: '深蓝集团', stage: 'lead' } }
const mine = { name: '深蓝股份', stage: 'lead', employees: 50 }

it('saves field by field what was chosen, with what nobody else touched', async () => {
  const onSave = vi.fn()
  await show(
    <Merge
      kind={customer}
      base={item}
      mine={mine}
      theirs={theirs}
      result={{ clash: ['name'], free: ['employees'] }}
      onCancel={() => undefined}
      onSave={onSave}
    />,
  )
  expect(screen.getByText(/深蓝集团/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: /现在的值/ }))
  await userEvent.click(screen.getByRole('button', { name: '按选择保存' }))
  expect(onSave).toHaveBeenLastCalledWith({ employees: 50 })
  await userEvent.click(screen.getByRole('radio', { name: /我的修改/ }))
  await userEvent.click(screen.getByRole('button', { name: '按选择保存' }))
  expect(onSave).toHaveBeenLastCalledWith({ employees: 50, name: '深蓝股份' })
})

it('does not send what may no longer be edited', async () => {
  const onSave = vi.fn()
  await show(
    <Merge
      kind={customer}
      base={item}
      mine={mine}
      theirs={{ ...theirs, editable: ['employees'] }}
      result={{ clash: ['name'], free: ['employees'] }}
      onCancel={() => undefined}
      onSave={onSave}
    />,
  )
  expect(screen.getByText(/已无法编辑/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '按选择保存' }))
  expect(onSave).toHaveBeenCalledWith({ employees: 50 })
})
