import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'

// A mail server on loopback: TLS from the first byte, one user, and what came is kept.

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const n = body.length
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))

/** A certificate for 127.0.0.1 that vouches for itself, and its key, both as PEM. */
function certificate() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSHA256 = sequence(oid('2a8648ce3d040302'))
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('a mail server of the tests')))))
  const time = (text: string) => der(0x17, Buffer.from(text))
  const names = sequence(oid('551d11'), der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))))
  const told = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSHA256,
    name,
    sequence(time('200101000000Z'), time('490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(names)),
  )
  const whole = sequence(told, ecdsaWithSHA256, der(0x03, Buffer.from([0]), sign('sha256', told, privateKey)))
  const cert = `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** Leaves a certificate with its key where the story finds both, and gives the file that the program is to trust. */
export function writeCertificate(folder: string): string {
  const { cert, key } = certificate()
  const file = `${folder}/mail-ca.pem`
  writeFileSync(file, cert)
  process.env.GUAN_MAIL_SERVER = JSON.stringify({ cert, key })
  return file
}

export interface PostOffice {
  port: number
  /** What came, by the address to which it went. */
  came: Map<string, string[]>
  close: () => void
}

export function openPostOffice(user: string, secret: string): Promise<PostOffice> {
  const came = new Map<string, string[]>()
  const right = createHash('sha256').update(`\0${user}\0${secret}`).digest('hex')
  const server = createServer(JSON.parse(process.env.GUAN_MAIL_SERVER ?? '{}') as { cert: string; key: string }, (socket) => serve(socket, right, came))
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, came, close: () => server.close() })),
  )
}

function serve(socket: TLSSocket, right: string, came: Map<string, string[]>) {
  let read = ''
  let to = ''
  let body: string | undefined
  const say = (line: string) => socket.write(`${line}\r\n`)
  const answer = (line: string) => {
    if (body !== undefined) {
      if (line !== '.') {
        body += `${line}\n`
        return
      }
      came.set(to, [...(came.get(to) ?? []), body])
      body = undefined
      say('250 kept')
      return
    }
    const [, verb = '', rest = ''] = /^(\w+) ?(.*)$/.exec(line) ?? []
    switch (verb.toUpperCase()) {
      case 'EHLO':
        say('250-the mail server of the tests')
        return say('250 AUTH PLAIN')
      case 'AUTH': {
        const shown = Buffer.from(rest.replace(/^PLAIN /i, ''), 'base64')
        return say(createHash('sha256').update(shown).digest('hex') === right ? '235 welcome' : '535 5.7.8 refused')
      }
      case 'RCPT':
        to = /<(.*)>/.exec(rest)?.[1] ?? ''
        return say('250 yes')
      case 'DATA':
        body = ''
        return say('354 go on')
      case 'QUIT':
        say('221 bye')
        return socket.end()
      default:
        return say('250 yes')
    }
  }
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  socket.on('data', (text: string) => {
    read += text
    const lines = read.split('\r\n')
    read = lines.pop() ?? ''
    lines.forEach(answer)
  })
  say('220 the mail server of the tests')
}
