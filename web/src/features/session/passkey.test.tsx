import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answer, show } from '@/testing/render'
import { SignInPage } from './signin'

const bytes = (...of: number[]) => new Uint8Array(of).buffer

/** A browser whose passkey signs, or whose person does not want to. */
function browser(sign: () => Promise<unknown>) {
  const get = vi.fn(sign)
  vi.stubGlobal('PublicKeyCredential', vi.fn())
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } })
  return get
}

const signed = () =>
  Promise.resolve({ id: 'key', response: { clientDataJSON: bytes(251, 255), authenticatorData: bytes(1), signature: bytes(2), userHandle: null } })

const ask = { challenge: '-_8', site: 'localhost', allowed: [{ credential: 'a2V5', transports: ['internal'] }], seconds: 180 }

const asking = (origin: string) =>
  answer((call) => {
    if (call.path === '/api/v1/session/passkey') return { body: ask }
    if ((call.body as { passkey?: unknown }).passkey) return { body: { person: { id: '1', name: 'Ken', login: 'ken0' } } }
    return { status: 403, body: { kind: 'Denied', code: 'second_factor_required', params: { passkey_origin: origin } } }
  })

const enter = async () => {
  await userEvent.type(screen.getByLabelText('账号'), 'ken0')
  await userEvent.type(screen.getByLabelText('密码'), 'secret')
  await userEvent.click(screen.getByRole('button', { name: '登录' }))
}

afterEach(() => vi.unstubAllGlobals())

it('signs in with a passkey that signed what the server asked for', async () => {
  const get = browser(signed)
  const done = vi.fn()
  const calls = asking(location.origin)
  await show(<SignInPage expired={false} onDone={done} />)
  await enter()
  await userEvent.click(await screen.findByRole('button', { name: '用通行密钥登录' }))
  await waitFor(() => expect(done).toHaveBeenCalledOnce())
  expect(get.mock.calls[0]).toMatchObject([{ publicKey: { rpId: 'localhost', userVerification: 'required', challenge: new Uint8Array([251, 255]) } }])
  expect(calls.at(-1)?.body).toEqual({ login: 'ken0', password: 'secret', passkey: { credential: 'key', client_data: '-_8', authenticator_data: 'AQ', signature: 'Ag' } })
})

it('leaves the code to who gives the passkey up', async () => {
  browser(() => Promise.reject(new DOMException('no', 'NotAllowedError')))
  asking(location.origin)
  await show(<SignInPage expired={false} onDone={() => undefined} />)
  await enter()
  await userEvent.click(await screen.findByRole('button', { name: '用通行密钥登录' }))
  expect((await screen.findByRole('alert')).textContent).toContain('没有完成')
  expect(screen.getByLabelText('验证码')).toBeTruthy()
  expect(screen.getByRole('button', { name: '用通行密钥登录' })).toBeTruthy()
})

it('says where passkeys are, on a page of another address', async () => {
  browser(signed)
  asking('https://crm.example.com')
  await show(<SignInPage expired={false} onDone={() => undefined} />)
  await enter()
  expect((await screen.findByRole('link')).getAttribute('href')).toBe('https://crm.example.com')
  expect(screen.queryByRole('button', { name: '用通行密钥登录' })).toBeNull()
  expect(screen.getByLabelText('验证码')).toBeTruthy()
})
