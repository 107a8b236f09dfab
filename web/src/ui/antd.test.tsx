import { render, screen } from '@testing-library/react'
import { Input, Pagination } from 'antd'
import { expect, it } from 'vitest'
import { AntDesign } from './antd'

it('leaves what stands in it where it is, and its focus, when its words arrive', async () => {
  render(
    <AntDesign>
      <Input aria-label="name" />
      <Pagination total={100} />
    </AntDesign>,
  )
  expect(screen.queryByTitle('下一页')).toBeNull()
  const field = screen.getByLabelText('name')
  field.focus()
  await screen.findByTitle('下一页')
  expect(screen.getByLabelText('name')).toBe(field)
  expect(document.activeElement).toBe(field)
})
