import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useEffect } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { show } from '@/testing/render'
import { Toasts } from './toast'
import { UndoKey, useUndo } from './undo'

let done: ReturnType<typeof useUndo>

function Page() {
  const undoable = useUndo()
  useEffect(() => {
    done = undoable
  })
  return (
    <>
      <UndoKey />
      <input aria-label="field" />
      <Toasts />
    </>
  )
}

/** Ctrl-Z where the focus is. */
const undo = () => userEvent.keyboard('{Control>}z{/Control}')
const say = (text: string, back: () => Promise<unknown>) => act(() => done(text, back))

beforeEach(() => show(<Page />))
// Notices and what they take back stay for a while, and would stand in the next story.
afterEach(async () => {
  for (const left of screen.queryAllByRole('button', { name: '撤销' })) await userEvent.click(left)
})

it('takes back by its button, once', async () => {
  const back = vi.fn(() => Promise.resolve())
  say('已移动', back)
  await userEvent.click(screen.getByRole('button', { name: '撤销' }))
  expect(back).toHaveBeenCalledTimes(1)
  expect(await screen.findByText('已撤销')).toBeTruthy()
  expect(screen.queryByText('已移动')).toBeNull()
  await undo()
  expect(back).toHaveBeenCalledTimes(1)
})

it('takes back the latest first by the key, then the one before', async () => {
  const took: string[] = []
  for (const name of ['甲', '乙']) say(name, async () => took.push(name))
  await undo()
  expect(took).toEqual(['乙'])
  await undo()
  expect(took).toEqual(['乙', '甲'])
  await undo()
  expect(took).toEqual(['乙', '甲'])
})

it('leaves the key to a field in which somebody writes', async () => {
  const back = vi.fn(() => Promise.resolve())
  say('已移动', back)
  await userEvent.click(screen.getByLabelText('field'))
  await undo()
  expect(back).not.toHaveBeenCalled()
  await userEvent.click(document.body)
  ;(document.activeElement as HTMLElement).blur()
  await undo()
  expect(back).toHaveBeenCalledTimes(1)
})

it('says when the way back is closed, and does not try again', async () => {
  const back = vi.fn(() => Promise.reject(new Error('changed since')))
  say('已移动', back)
  await undo()
  expect((await screen.findByText(/未能撤销|没有撤销|无法撤销/)).className).toContain('bad')
  await undo()
  expect(back).toHaveBeenCalledTimes(1)
})

it('forgets what was done too long ago', async () => {
  const back = vi.fn(() => Promise.resolve())
  const now = vi.spyOn(Date, 'now')
  now.mockReturnValue(1_000_000)
  say('已移动', back)
  now.mockReturnValue(1_000_000 + 8001)
  await undo()
  expect(back).not.toHaveBeenCalled()
  now.mockReturnValue(1_000_000 + 7999)
  await undo() // gone for good: a step that lapsed does not come back
  expect(back).not.toHaveBeenCalled()
  now.mockRestore()
})
