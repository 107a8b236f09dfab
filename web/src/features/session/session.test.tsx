import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { answer, show } from '@/testing/render'
import { PasswordView } from './passwordview'
import { SessionsView } from './sessionsview'
import { SignInPage } from './signin'

const fill = async (login: string, password: string) => {
  if (login) await userEvent.type(screen.getByLabelText('账号'), login)
  if (password) await userEvent.type(screen.getByLabelText('密码'), password)
  await userEvent.click(screen.getByRole('button', { name: '登录' }))
}

it('signs in', async () => {
  const done = vi.fn()
  const calls = answer(() => ({ body: { person: { id: '1', name: 'Ken', login: 'ken0' } } }))
  await show(<SignInPage expired={false} onDone={done} />)
  await fill(' ken0 ', 'secret')
  expect(calls[0]).toMatchObject({ method: 'POST', path: '/api/v1/session', body: { login: 'ken0', password: 'secret' } })
  expect(done).toHaveBeenCalledOnce()
})

it('does not say which of the two was wrong', async () => {
  answer(() => ({ status: 401, body: { kind: 'Denied', code: 'credentials' } }))
  await show(<SignInPage expired={false} onDone={() => undefined} />)
  await fill('ken0', 'wrong')
  expect((await screen.findByRole('alert')).textContent).toBe('账号或密码不正确。')
})

it('says how long it is locked', async () => {
  answer(() => ({ status: 429, body: { kind: 'Locked', code: 'locked', params: { retry_after: 300 } } }))
  await show(<SignInPage expired={false} onDone={() => undefined} />)
  await fill('ken0', 'wrong')
  expect((await screen.findByRole('alert')).textContent).toContain('5 分钟后再试')
})

it('asks for a code where the password is not enough, and sends it with the next try', async () => {
  const done = vi.fn()
  const codes = ['second_factor_required', 'factor_code', '']
  const calls = answer(() => {
    const code = codes.shift()
    return code ? { status: 403, body: { kind: 'Denied', code } } : { body: { person: { id: '1', name: 'Ken', login: 'ken0' } } }
  })
  await show(<SignInPage expired={false} onDone={done} />)
  expect(screen.queryByLabelText('验证码')).toBeNull()
  await fill('ken0', 'secret')
  await userEvent.type(await screen.findByLabelText('验证码'), '12 34 56')
  expect(screen.queryByRole('alert')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '登录' }))
  expect((await screen.findByRole('alert')).textContent).toContain('验证码不正确')
  await userEvent.click(screen.getByRole('button', { name: '登录' }))
  expect(calls.map((call) => (call.body as { code?: string }).code)).toEqual([undefined, '12 34 56', '12 34 56'])
  expect(done).toHaveBeenCalledOnce()
})

it('says that a new device waits, and signs nobody in', async () => {
  const done = vi.fn()
  answer(() => ({ body: { waiting: true } }))
  await show(<SignInPage expired={false} onDone={done} />)
  await fill('ken0', 'secret')
  expect((await screen.findByRole('alert')).textContent).toContain('已通知管理员')
  expect(done).not.toHaveBeenCalled()
})

it('asks for both before it asks the server', async () => {
  const calls = answer(() => ({}))
  await show(<SignInPage expired onDone={() => undefined} />)
  expect(screen.getByText(/登录已过期/)).toBeTruthy()
  await fill('ken0', '')
  expect(screen.getByRole('alert').textContent).toBe('请输入账号和密码。')
  expect(calls).toHaveLength(0)
})

it('changes a password typed twice alike', async () => {
  const change = vi.fn()
  await show(<PasswordView busy={false} changed={false} onChange={change} />)
  await userEvent.type(screen.getByLabelText('当前密码'), 'old')
  await userEvent.type(screen.getByLabelText('新密码'), 'new-1')
  await userEvent.type(screen.getByLabelText('再输一次新密码'), 'new-2')
  await userEvent.click(screen.getByRole('button', { name: '修改密码' }))
  expect(screen.getByRole('alert').textContent).toBe('两次输入的新密码不一致。')
  await userEvent.type(screen.getByLabelText('再输一次新密码'), '{Backspace}1')
  await userEvent.click(screen.getByRole('button', { name: '修改密码' }))
  expect(change).toHaveBeenCalledWith({ old: 'old', new: 'new-1' })
})

it('lists sessions; the present one ends by signing out', async () => {
  const revoke = vi.fn()
  const at = '2026-01-01T00:00:00Z'
  await show(
    <SessionsView
      now={Date.parse(at) + 7_200_000}
      sessions={[
        { id: '1', created_at: at, last_seen_at: at, until: '2026-01-01T20:00:00Z', device: 'desktop', current: true },
        { id: '2', created_at: at, last_seen_at: at, until: '2026-01-09T00:00:00Z' },
      ]}
      onRevoke={revoke}
    />,
  )
  expect(screen.getByText('当前设备')).toBeTruthy()
  expect(screen.getByText('电脑')).toBeTruthy()
  expect(screen.getAllByRole('button')).toHaveLength(1)
  expect(screen.getAllByText(/到期/).map((mark) => mark.textContent)).toEqual(['18小时后到期'])
  await userEvent.click(screen.getByRole('button', { name: '让 未知设备 下线' }))
  expect(revoke).toHaveBeenCalledWith('2')
})
