import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Item } from '@/api/types'
import { useSelection } from './selection'

const items = (n: number) => Array.from({ length: n }, (_, i) => ({ id: String(i + 1) })) as Item[]

test('rows that come after all were chosen are not chosen, and the offer of all that match stands', () => {
  const { result, rerender } = renderHook(({ n, question }) => useSelection(items(n), question), { initialProps: { n: 50, question: 'a' } })
  act(() => result.current.onPickAll(true))
  expect(result.current).toMatchObject({ all: true, swept: true })
  rerender({ n: 100, question: 'a' })
  expect(result.current.picked.size).toBe(50)
  expect(result.current).toMatchObject({ all: false, swept: true, every: false })

  act(() => result.current.onPick(0, false))
  expect(result.current.picked.size).toBe(49)
  expect(result.current.swept).toBe(false)
})

test('what was chosen for another question is forgotten', () => {
  const { result, rerender } = renderHook(({ question }) => useSelection(items(3), question), { initialProps: { question: 'a' } })
  act(() => result.current.pickEvery())
  rerender({ question: 'b' })
  expect(result.current).toMatchObject({ every: false, swept: false, all: false })
  expect(result.current.picked.size).toBe(0)
})
