import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SearchBox } from './searchbox'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const box = () => screen.getByRole('searchbox', { name: '搜索' })
const pause = () => act(() => vi.advanceTimersByTime(400))

it('speaks once its writer pauses', () => {
  const said = vi.fn()
  render(<SearchBox label="搜索" value="" onChange={said} />)
  fireEvent.change(box(), { target: { value: '深' } })
  fireEvent.change(box(), { target: { value: '深圳' } })
  expect(said).not.toHaveBeenCalled()
  pause()
  expect(said.mock.calls).toEqual([['深圳']])
})

it('is silent while an input method composes', () => {
  const said = vi.fn()
  render(<SearchBox label="搜索" value="" onChange={said} />)
  fireEvent.compositionStart(box())
  fireEvent.change(box(), { target: { value: 'shen' } })
  fireEvent.keyDown(box(), { key: 'Enter', isComposing: true })
  pause()
  expect(said).not.toHaveBeenCalled()
  fireEvent.change(box(), { target: { value: '深' } })
  fireEvent.compositionEnd(box())
  pause()
  expect(said.mock.calls).toEqual([['深']])
})

it('follows the URL', () => {
  const { rerender } = render(<SearchBox label="搜索" value="a" onChange={() => undefined} />)
  rerender(<SearchBox label="搜索" value="" onChange={() => undefined} />)
  expect(box()).toHaveProperty('value', '')
})
