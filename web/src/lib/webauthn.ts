// Passkeys as browsers have them, in the texts that the server sends and takes: bytes are base64url.

export interface PasskeyRef {
  credential: string
  transports: string[]
}

export interface PasskeyWish {
  challenge: string
  site: string
  company: string
  user: string
  login: string
  name: string
  algorithms: number[]
  taken: PasskeyRef[]
  seconds: number
}

export interface PasskeyAsk {
  challenge: string
  site: string
  allowed: PasskeyRef[]
  seconds: number
}

export interface MadePasskey {
  credential: string
  client_data: string
  attestation: string
  transports: string[]
}

export interface PasskeyProof {
  credential: string
  client_data: string
  authenticator_data: string
  signature: string
  user?: string
}

const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const text = (of: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(of)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const refs = (of: PasskeyRef[]): PublicKeyCredentialDescriptor[] =>
  of.map(({ credential, transports }) => ({ type: 'public-key', id: bytes(credential), transports: transports as AuthenticatorTransport[] }))

/** What is in the way of passkeys on this page: nothing, no address for them, another one, or the browser. */
export function passkeyHindrance(origin: string | undefined): 'off' | 'elsewhere' | 'browser' | undefined {
  if (!origin) return 'off'
  if (origin !== location.origin) return 'elsewhere'
  return 'PublicKeyCredential' in window ? undefined : 'browser'
}

/** Somebody who does not want to, takes too long, or whose authenticator is here already. */
export const passkeyFault = (error: unknown): 'cancelled' | 'taken' | undefined =>
  error instanceof DOMException ? (error.name === 'InvalidStateError' ? 'taken' : 'cancelled') : undefined

export async function makePasskey(wish: PasskeyWish): Promise<MadePasskey> {
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytes(wish.challenge),
      rp: { id: wish.site, name: wish.company },
      user: { id: bytes(wish.user), name: wish.login, displayName: wish.name },
      pubKeyCredParams: wish.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: refs(wish.taken),
      authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      attestation: 'none',
      timeout: wish.seconds * 1000,
    },
  })) as PublicKeyCredential
  const answer = made.response as AuthenticatorAttestationResponse
  return { credential: made.id, client_data: text(answer.clientDataJSON), attestation: text(answer.attestationObject), transports: answer.getTransports() }
}

export async function signWithPasskey(ask: PasskeyAsk): Promise<PasskeyProof> {
  const signed = (await navigator.credentials.get({
    publicKey: { challenge: bytes(ask.challenge), rpId: ask.site, allowCredentials: refs(ask.allowed), userVerification: 'required', timeout: ask.seconds * 1000 },
  })) as PublicKeyCredential
  const answer = signed.response as AuthenticatorAssertionResponse
  return {
    credential: signed.id,
    client_data: text(answer.clientDataJSON),
    authenticator_data: text(answer.authenticatorData),
    signature: text(answer.signature),
    user: answer.userHandle ? text(answer.userHandle) : undefined,
  }
}
