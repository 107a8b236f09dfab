import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { answer, show } from '@/testing/render'
import { Chosen } from './chosen'

it('does not take with Enter what was found for an older word', async () => {
  answer((call) => ({ body: { items: [{ id: call.query.get('q') ?? '0', title: `found ${call.query.get('q') ?? 'at first'}` }] } }))
  const chosen = vi.fn()
  await show(<Chosen target="person" ids={[]} label="who" onChange={chosen} />)
  const box = screen.getByRole('combobox', { name: 'who' })
  fireEvent.focus(box)
  await screen.findByRole('option', { name: 'found at first' })
  fireEvent.change(box, { target: { value: 'lin' } })
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(chosen).not.toHaveBeenCalled()
  await screen.findByRole('option', { name: 'found lin' })
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(chosen).toHaveBeenCalledExactlyOnceWith(['lin'])
})
