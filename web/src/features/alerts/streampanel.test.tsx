import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answer, type Call, show } from '@/testing/render'
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
  const fresh = { ...stream, version: 0, url: '' }
  answer(() => ({ body: fresh }))
  const unset = await show(<StreamPanel may={false} />)
  await screen.findByText('没有设置事件推送')
  expect(screen.getByText(/只有能管理权限规则的人可以设置/)).toBeTruthy()
  expect(screen.queryByRole('checkbox')).toBeNull()
  unset.unmount()
  await show(<StreamPanel may />)
  await screen.findByRole('button', { name: '保存' })
  expect(screen.queryByRole('button', { name: '发送测试事件' })).toBeNull()
})

it('rotates the secret: the old one signs for a while, and can be ended', async () => {
  const settings = { on: true, url: stream.url, entries: true, values: false }
  const former = { ...stream, former_until: '2026-03-03T09:00:00Z' }
  const puts = (calls: Call[]) => calls.filter((call) => call.method === 'PUT').map((call) => call.body)
  let calls = answer((call) => ({ body: call.method === 'PUT' ? { ...former, secret: 'whsec_bmV3' } : stream }))
  const shown = await show(<StreamPanel may />)
  const renew = await screen.findByRole('button', { name: '更换密钥' })
  expect(screen.queryByText(/旧密钥与新密钥同时签名/)).toBeNull()
  // What is half typed is not saved along with it.
  await userEvent.type(screen.getByLabelText('接收地址'), 'x')
  expect((renew as HTMLButtonElement).disabled).toBe(true)
  await userEvent.type(screen.getByLabelText('接收地址'), '{Backspace}')
  await userEvent.click(renew)
  expect(await screen.findByText('whsec_bmV3')).toBeTruthy()
  expect(puts(calls)).toEqual([{ ...settings, secret: 'new' }])
  shown.unmount()

  calls = answer(() => ({ body: former }))
  await show(<StreamPanel may />)
  await userEvent.click(await screen.findByRole('button', { name: '立即停用旧密钥' }))
  expect(screen.getByText(/旧密钥与新密钥同时签名/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: '更换密钥' })).toBeNull()
  expect(puts(calls)).toEqual([{ ...settings, end_former: true }])
})

it('says why it was switched off, and why the last try did not arrive', async () => {
  answer(() => ({ body: { ...stream, on: false, stopped_at: '2026-03-02T09:00:00Z', failed: 'answered', failed_status: 410 } }))
  const shown = await show(<StreamPanel may={false} />)
  expect(await screen.findByText(/接收方应答 410.*自动关闭/)).toBeTruthy()
  shown.unmount()
  answer(() => ({ body: { ...stream, failed: 'answered', failed_status: 503, tries: 1, next_at: '2026-03-02T09:00:00Z' } }))
  await show(<StreamPanel may={false} />)
  expect((await screen.findByText(/对方应答 503/)).textContent).toMatch(/再试/)
  expect(screen.queryByText(/自动关闭/)).toBeNull()
})
