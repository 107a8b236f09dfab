import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answer, show } from '@/testing/render'
import { StreamPanel } from './streampanel'

const stream = { version: 3, on: true, url: 'https://siem.example.com/in', entries: true, values: false, behind: 0 }

it('sends a test event and says what came back', async () => {
  const came = [
    { body: { id: 'guan_1_test_7', outcome: 'arrived', status: 204 } },
    { body: { id: 'guan_1_test_8', outcome: 'answered', status: 503 } },
    { status: 429, body: { kind: 'Locked', code: 'stream_often', detail: 'later', params: { retry_after: 4 } } },
  ]
  const calls = answer((call) => (call.method === 'GET' ? { body: stream } : (came.shift() ?? {})))
  await show(<StreamPanel may />)
  const send = await screen.findByRole('button', { name: '发送测试事件' })
  await userEvent.click(send)
  const said = await screen.findByRole('status')
  expect(said.textContent).toContain('已送达，对方应答 204')
  expect(within(said).getByText('guan_1_test_7')).toBeTruthy()
  await userEvent.click(send)
  expect(await screen.findByText(/对方应答 503，不算送达/)).toBeTruthy()
  await userEvent.click(send)
  expect((await screen.findByRole('alert')).textContent).toContain('测试事件发得太频繁')
  expect(screen.queryByRole('status')).toBeNull()
  expect(calls.filter((call) => call.method === 'POST').map((call) => call.path)).toEqual(Array(3).fill('/api/v1/alerts/stream/test'))
})

it('offers none to who may not set the stream, nor before there is one', async () => {
  answer(() => ({ body: stream }))
  const shown = await show(<StreamPanel may={false} />)
  await screen.findByText('最近送达')
  expect(screen.queryByRole('button', { name: '发送测试事件' })).toBeNull()
  shown.unmount()
  answer(() => ({ body: { ...stream, version: 0 } }))
  await show(<StreamPanel may />)
  await screen.findByRole('button', { name: '保存' })
  expect(screen.queryByRole('button', { name: '发送测试事件' })).toBeNull()
})
